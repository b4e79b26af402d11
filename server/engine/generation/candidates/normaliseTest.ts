import type { GrammarLanguage, SyntaxNode } from '../../ports/syntax.ts';
import type { ParsedTests, TestNode } from './findTestNodes.ts';
import { namedParts, nodesOf, partOf } from './treeText.ts';

export interface NormalTest {
  /** Equal for tests that do the same, whatever they and their variables are called. */
  readonly body: string;
  /** Equal for tests that do the same with other values. */
  readonly shape: string;
}

/** Two spellings of a test that tell whether another one does the same. */
export function normaliseTest({ text, language }: ParsedTests, test: TestNode): NormalTest {
  const title = titleOf(test.node, language);
  const names = localNames(test.node, text);
  const body: string[] = [];
  const shape: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node === title || /comment/u.test(node.type) || isDocstring(node)) return;
    if (
      node.children.length > 0 &&
      !/^(?:string|interpreted_string_literal|raw_string_literal)$/u.test(node.type)
    ) {
      for (const child of node.children) visit(child);
      return;
    }
    const words = text.slice(node.start, node.end);
    if (words === ';' || words === ',') return;
    const written = names.get(words) ?? words.replace(/^(["'`])(.*)\1$/su, '"$2"');
    body.push(written);
    shape.push(
      /string|number|^integer$|^float$|_literal$|^(?:true|false|none|null|nil)$/iu.test(node.type)
        ? '•'
        : written,
    );
  };
  for (const node of partsOf(test.node, language)) visit(node);
  return { body: body.join(' '), shape: shape.join(' ') };
}

function titleOf(node: SyntaxNode, language: GrammarLanguage): SyntaxNode | undefined {
  if (language === 'python' || language === 'go') {
    const defined = partOf(node, 'definition') ?? node;
    return partOf(defined, 'name');
  }
  const list = partOf(node, 'arguments');
  return list === undefined ? undefined : namedParts(list)[0];
}

/** `test` and `it` are one word. */
function partsOf(node: SyntaxNode, language: GrammarLanguage): readonly SyntaxNode[] {
  if (language === 'python' || language === 'go') return [node];
  const callee = partOf(node, 'function');
  const table = callee?.type === 'call_expression' ? partOf(callee, 'arguments') : undefined;
  const list = partOf(node, 'arguments');
  return [table, list].flatMap((part) => (part === undefined ? [] : [part]));
}

function isDocstring({ type, children: [only, ...others] }: SyntaxNode): boolean {
  return type === 'expression_statement' && only?.type === 'string' && others.length === 0;
}

const binders: Readonly<Record<string, string>> = {
  assignment: 'left',
  for_statement: 'left',
  for_in_clause: 'left',
  for_in_statement: 'left',
  variable_declarator: 'name',
  short_var_declaration: 'left',
  range_clause: 'left',
  var_spec: 'name',
};

/** Names that the test itself gives to values, each by the order in which it comes. */
function localNames(test: SyntaxNode, text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const bind = (node: SyntaxNode): void => {
    if (node.type === 'identifier' || node.type === 'shorthand_property_identifier_pattern') {
      const name = text.slice(node.start, node.end);
      if (!names.has(name)) names.set(name, `$${names.size}`);
    } else if (/pattern|list|tuple/u.test(node.type)) for (const child of node.children) bind(child);
  };
  for (const node of nodesOf(test)) {
    const field = binders[node.type];
    const bound = field === undefined ? undefined : partOf(node, field);
    if (bound !== undefined) bind(bound);
  }
  return names;
}
