import type { SyntaxNode } from '../../ports/syntax.ts';
import { namedParts, nodesOf, partOf } from '../candidates/treeText.ts';
import type { Words } from './purityLanguage.ts';

/** Names of the top of a script that other files can import, as ES modules or as CommonJS. */
export function exportedNames(root: SyntaxNode, words: Words): ReadonlySet<string> {
  return new Set(root.children.flatMap((statement) => ofStatement(statement, words)));
}

function ofStatement(statement: SyntaxNode, words: Words): readonly string[] {
  if (statement.type === 'expression_statement') return ofCommonJs(namedParts(statement)[0], words);
  if (statement.type !== 'export_statement' || partOf(statement, 'source') !== undefined) return [];
  const declared = partOf(statement, 'declaration');
  if (declared !== undefined)
    return [declared, ...namedParts(declared)].map((node) => words(partOf(node, 'name')));
  const value = partOf(statement, 'value');
  if (value?.type === 'identifier') return [words(value)];
  return [...nodesOf(statement)]
    .filter((node) => node.type === 'export_specifier' && partOf(node, 'alias') === undefined)
    .map((node) => words(partOf(node, 'name')));
}

/** `module.exports = { f, g: h }` and `exports.f = f`. */
function ofCommonJs(node: SyntaxNode | undefined, words: Words): readonly string[] {
  if (node?.type !== 'assignment_expression') return [];
  if (!/^(?:module\.)?exports(?:\.\w+)?$/u.test(words(partOf(node, 'left')))) return [];
  const value = partOf(node, 'right');
  if (value?.type === 'identifier') return [words(value)];
  return value?.type === 'object'
    ? namedParts(value)
        .filter(({ type }) => type === 'shorthand_property_identifier')
        .map(words)
    : [];
}
