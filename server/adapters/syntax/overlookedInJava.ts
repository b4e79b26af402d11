import type { Node } from '@vscode/tree-sitter-wasm';

/** What the grammar for Java lets pass and its compiler does not; undefined: nothing of it. */
export function findOverlookedInJava(root: Node): Node | undefined {
  const of = (...types: string[]): readonly Node[] =>
    root.descendantsOfType(types).filter((node) => node !== null);
  return (
    root.namedChildren.find((node) => node !== null && isStatement(node)) ??
    of('constructor_declaration', 'compact_constructor_declaration').find(namesAnotherClass) ??
    of('variable_declarator').find(namesNothing) ??
    of('import_declaration', 'package_declaration').find(({ parent }) => parent?.type !== 'program') ??
    undefined
  );
}

function isStatement({ type }: Node): boolean {
  return type === 'local_variable_declaration' || type.endsWith('_statement');
}

/** To the parser a constructor of another name is a method without a type. */
function namesAnotherClass(node: Node): boolean {
  let owner = node.parent;
  while (owner !== null && !owner.type.endsWith('_declaration')) owner = owner.parent;
  return owner?.childForFieldName('name')?.text !== node.childForFieldName('name')?.text;
}

function namesNothing(node: Node): boolean {
  const name = node.childForFieldName('name');
  return name !== null && (!/^(?:identifier|underscore_pattern)$/.test(name.type) || name.text === 'this');
}
