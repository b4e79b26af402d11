import type { Node } from '@vscode/tree-sitter-wasm';
import type { GrammarLanguage, SyntaxFault } from '../../engine/ports/syntax.ts';
import { faultAt } from './findFaults.ts';
import { findOverlookedInJava } from './overlookedInJava.ts';
import { findOverlookedInRust } from './overlookedInRust.ts';

/**
 * What a grammar lets pass and no compiler does: statements outside of functions, for the sake of excerpts; tags of other
 * names; escapes. Looked for in texts that parse otherwise; undefined: nothing of it.
 */
export function findOverlooked(root: Node, language: GrammarLanguage, text: string): SyntaxFault | undefined {
  for (const { find, message } of finders[language] ?? []) {
    const node = find(root);
    if (node !== undefined) return { ...faultAt(node, text), message: message(node.text.slice(0, 40)) };
  }
  return undefined;
}

interface Finder {
  readonly find: (root: Node) => Node | undefined;
  readonly message: (found: string) => string;
}

const misplaced = (found: string): string => `\`${found.split(/[\r\n]/, 1)[0] ?? ''}\` cannot stand here`;

const jsx: readonly Finder[] = [
  {
    find: (root) => descendants(root, 'jsx_closing_element').find(closesAnother),
    message: (found) => `\`${found}\` closes another tag`,
  },
  {
    find: (root) => descendants(root, 'jsx_expression').find(isBareAttribute),
    message: (found) => `\`${found}\` is no attribute`,
  },
];

const finders: Partial<Readonly<Record<GrammarLanguage, readonly Finder[]>>> = {
  go: [
    { find: findInGo, message: misplaced },
    {
      find: (root) => descendants(root, 'escape_sequence').find(({ text }) => !isGoEscape(text, '"')),
      message: (found) => `\`${found}\` is no escape`,
    },
    {
      find: (root) => descendants(root, 'rune_literal').find(({ text }) => isOddRune(text)),
      message: (found) => `\`${found}\` is no escape`,
    },
  ],
  java: [{ find: findOverlookedInJava, message: misplaced }],
  javascript: jsx,
  rust: [{ find: findOverlookedInRust, message: misplaced }],
  tsx: jsx,
};

function children(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child !== null);
}

function descendants(root: Node, type: string): readonly Node[] {
  return root.descendantsOfType(type).filter((node) => node !== null);
}

const goDeclarations: ReadonlySet<string> = new Set([
  'const_declaration',
  'function_declaration',
  'method_declaration',
  'type_declaration',
  'var_declaration',
]);

/** The package, then imports, then declarations. */
function findInGo(root: Node): Node | undefined {
  const [first, ...others] = children(root).filter(({ type }) => type !== 'comment');
  if (first !== undefined && first.type !== 'package_clause') return first;
  let mayImport = true;
  return others.find(({ type }) => {
    if (type === 'import_declaration') return !mayImport;
    mayImport = false;
    return !goDeclarations.has(type);
  });
}

function isOddRune(text: string): boolean {
  return text.startsWith(`'\\`) && !isGoEscape(text.slice(1, -1), "'");
}

/** @param quote The sign that would end the literal. */
function isGoEscape(text: string, quote: string): boolean {
  return (
    text === `\\${quote}` ||
    /^\\(?:[abfnrtv\\]|[0-7]{3}|x[\da-f]{2}[\da-f]*|u[\da-f]{4}|U[\da-f]{8})$/i.test(text)
  );
}

function closesAnother(closing: Node): boolean {
  const opening = closing.parent?.children.find((child) => child?.type === 'jsx_opening_element');
  const nameOf = (node: Node | null | undefined): string | undefined =>
    node?.childForFieldName('name')?.text.replace(/\s/g, '');
  return nameOf(opening) !== nameOf(closing);
}

/** In a tag, braces hold what is spread or belong to a name. */
function isBareAttribute({ parent, namedChildren }: Node): boolean {
  const isInTag = parent?.type === 'jsx_opening_element' || parent?.type === 'jsx_self_closing_element';
  return isInTag && !namedChildren.some((child) => child?.type === 'spread_element');
}
