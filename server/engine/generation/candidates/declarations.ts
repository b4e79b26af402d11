import type { GrammarLanguage, SyntaxNode } from '../../ports/syntax.ts';
import { namedParts, partOf } from './treeText.ts';

/** A name that a statement of the file itself declares. */
export interface Declaration {
  readonly name: string;
  /** What of the statement declares it alone. */
  readonly node: SyntaxNode;
  /** The list that holds the node among others, and what holds that list; the statement itself where there is none. */
  readonly list: NameList;
  readonly statement: SyntaxNode;
}

interface NameList {
  readonly node: SyntaxNode;
  /** Where the list is one entry among others, as `{ a, b }` beside a default import. */
  readonly parent: SyntaxNode | undefined;
}

/** What the top of a file declares; what has an effect of its own, or is exported, is left out. */
export function declarationsOf(
  root: SyntaxNode,
  text: string,
  language: GrammarLanguage,
): readonly Declaration[] {
  const of = language === 'python' ? ofPython : language === 'go' ? ofGo : ofScript;
  return root.children.flatMap((statement) => of(statement, (node) => text.slice(node.start, node.end)));
}

type Words = (node: SyntaxNode) => string;

function whole(statement: SyntaxNode, name: SyntaxNode | undefined, words: Words): readonly Declaration[] {
  if (name === undefined) return [];
  return [{ name: words(name), node: statement, list: { node: statement, parent: undefined }, statement }];
}

function ofPython(statement: SyntaxNode, words: Words): readonly Declaration[] {
  switch (statement.type) {
    case 'import_statement':
    case 'import_from_statement': {
      const list = { node: statement, parent: undefined };
      return statement.children
        .filter(({ field }) => field === 'name')
        .map((node) => {
          const alias =
            partOf(node, 'alias') ?? (statement.type === 'import_statement' ? firstLeaf(node) : node);
          return { name: words(alias), node, list, statement };
        });
    }
    case 'function_definition':
    case 'class_definition':
      return whole(statement, partOf(statement, 'name'), words);
    case 'decorated_definition': {
      const defined = partOf(statement, 'definition');
      return defined === undefined ? [] : whole(statement, partOf(defined, 'name'), words);
    }
    case 'expression_statement': {
      const [assignment] = statement.children;
      const left = assignment?.type === 'assignment' ? partOf(assignment, 'left') : undefined;
      return left?.type === 'identifier' ? whole(statement, left, words) : [];
    }
    default:
      return [];
  }
}

function firstLeaf(node: SyntaxNode): SyntaxNode {
  const [first] = node.children;
  return first === undefined ? node : firstLeaf(first);
}

function ofScript(statement: SyntaxNode, words: Words): readonly Declaration[] {
  switch (statement.type) {
    case 'import_statement': {
      const clause = statement.children.find(({ type }) => type === 'import_clause');
      return clause === undefined ? [] : ofClause(clause, statement, words);
    }
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'interface_declaration':
    case 'type_alias_declaration':
    case 'enum_declaration':
      return whole(statement, partOf(statement, 'name'), words);
    case 'lexical_declaration':
    case 'variable_declaration': {
      const [declarator, ...others] = namedParts(statement);
      const name = declarator === undefined ? undefined : partOf(declarator, 'name');
      if (name === undefined || others.length > 0) return [];
      if (name.type === 'identifier') return whole(statement, name, words);
      return name.type === 'object_pattern' ? ofPattern(name, statement, words) : [];
    }
    default:
      return [];
  }
}

function ofClause(clause: SyntaxNode, statement: SyntaxNode, words: Words): readonly Declaration[] {
  const list = { node: clause, parent: undefined };
  return namedParts(clause).flatMap((part): readonly Declaration[] => {
    if (part.type === 'identifier') return [{ name: words(part), node: part, list, statement }];
    if (part.type === 'namespace_import')
      return namedParts(part).map((name) => ({ name: words(name), node: part, list, statement }));
    return namedParts(part).map((specifier) => {
      const name = partOf(specifier, 'alias') ?? partOf(specifier, 'name') ?? specifier;
      return { name: words(name), node: specifier, list: { node: part, parent: clause }, statement };
    });
  });
}

function ofPattern(pattern: SyntaxNode, statement: SyntaxNode, words: Words): readonly Declaration[] {
  return namedParts(pattern).map((part) => {
    const name = partOf(part, 'value') ?? part;
    return { name: words(name), node: part, list: { node: pattern, parent: undefined }, statement };
  });
}

function ofGo(statement: SyntaxNode, words: Words): readonly Declaration[] {
  switch (statement.type) {
    case 'import_declaration': {
      const [inner] = namedParts(statement);
      const grouped = inner?.type === 'import_spec_list';
      const holder = grouped ? inner : statement;
      return namedParts(holder).flatMap((spec) => {
        const name = partOf(spec, 'name');
        const path = partOf(spec, 'path');
        if (path === undefined || (name !== undefined && /^[._]$/u.test(words(name)))) return [];
        const bound = name === undefined ? packageName(words(path).slice(1, -1)) : words(name);
        return [{ name: bound, node: spec, list: { node: holder, parent: undefined }, statement }];
      });
    }
    case 'function_declaration':
      return whole(statement, partOf(statement, 'name'), words);
    case 'type_declaration':
    case 'const_declaration':
    case 'var_declaration': {
      const [spec, ...others] = namedParts(statement);
      return spec === undefined || others.length > 0 ? [] : whole(statement, partOf(spec, 'name'), words);
    }
    default:
      return [];
  }
}

/** What a Go package is called by where nothing else is said: the last part of its path that is no version. */
function packageName(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? path;
  const name = /^v\d+$/u.test(last) ? (parts.at(-2) ?? last) : last;
  return name.replace(/\.v\d+$/u, '').replace(/^go-|-go$/gu, '');
}
