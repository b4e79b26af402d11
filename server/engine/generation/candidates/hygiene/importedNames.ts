import type { SyntaxNode } from '../../../ports/syntax.ts';
import type { ParsedTests } from '../findTestNodes.ts';
import { namedParts, nodesOf, partOf } from '../treeText.ts';

/** What names of the file stand for, such as `delay` for `timers/promises.setTimeout`; without `node:`, versions and paths. */
export function importedNames({ root, text, language }: ParsedTests): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const words = (node: SyntaxNode | undefined): string =>
    node === undefined ? '' : text.slice(node.start, node.end);
  for (const node of nodesOf(root)) {
    if (language === 'python') readPython(node, words, names);
    else if (language === 'go') readGo(node, words, names);
    else readScript(node, words, names);
  }
  return names;
}

/** A called name as what it was imported as: `sleep` is `time.sleep`. */
export function resolveName(written: string, names: ReadonlyMap<string, string>): string {
  const [first = '', ...rest] = written.replace(/\?\./gu, '.').split('.');
  return [names.get(first) ?? first, ...rest].join('.');
}

type Words = (node: SyntaxNode | undefined) => string;

function readPython(node: SyntaxNode, words: Words, names: Map<string, string>): void {
  if (node.type !== 'import_statement' && node.type !== 'import_from_statement') return;
  const module = words(partOf(node, 'module_name'));
  for (const part of node.children.filter(({ field }) => field === 'name')) {
    const alias = partOf(part, 'alias');
    const name = words(partOf(part, 'name') ?? part);
    const full = module === '' ? name : `${module}.${name}`;
    if (alias !== undefined) names.set(words(alias), full);
    else if (module !== '') names.set(name, full);
  }
}

function readGo(node: SyntaxNode, words: Words, names: Map<string, string>): void {
  if (node.type !== 'import_spec') return;
  const path = words(partOf(node, 'path')).slice(1, -1);
  const alias = words(partOf(node, 'name'));
  const last = path.split('/').findLast((part) => !/^v\d+$/u.test(part)) ?? path;
  names.set(alias === '' ? last : alias, path.replace(/\/v\d+$/u, ''));
}

function readScript(node: SyntaxNode, words: Words, names: Map<string, string>): void {
  if (node.type === 'import_statement') {
    const module = moduleName(words(partOf(node, 'source')));
    for (const part of nodesOf(node)) {
      if (part.type === 'import_specifier')
        names.set(
          words(partOf(part, 'alias') ?? partOf(part, 'name')),
          `${module}.${words(partOf(part, 'name'))}`,
        );
      if (part.type === 'namespace_import')
        for (const name of namedParts(part)) names.set(words(name), module);
      if (part.type === 'import_clause')
        for (const name of namedParts(part)) if (name.type === 'identifier') names.set(words(name), module);
    }
    return;
  }
  if (node.type !== 'variable_declarator') return;
  const [, required] = /^require\(\s*(['"][^'"]+['"])\s*\)$/u.exec(words(partOf(node, 'value'))) ?? [];
  const name = partOf(node, 'name');
  if (required === undefined || name === undefined) return;
  if (name.type === 'identifier') names.set(words(name), moduleName(required));
  for (const part of namedParts(name)) {
    if (part.type === 'shorthand_property_identifier_pattern')
      names.set(words(part), `${moduleName(required)}.${words(part)}`);
    if (part.type === 'pair_pattern')
      names.set(words(partOf(part, 'value')), `${moduleName(required)}.${words(partOf(part, 'key'))}`);
  }
}

function moduleName(quoted: string): string {
  return quoted.slice(1, -1).replace(/^node:/u, '');
}
