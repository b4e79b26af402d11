import type { TestNode } from './testTree.ts';

/** What one request to run tests takes: tests of one folder. */
export interface TestSelection {
  readonly folder: string;
  readonly paths: readonly string[];
  /** Empty: all tests of the files. */
  readonly ids: readonly string[];
}

/** One selection per folder. Files that are chosen whole are run whole, without a list of their tests. */
export function selectTests(
  chosen: readonly TestNode[],
  excluded: ReadonlySet<string>,
): readonly TestSelection[] {
  const folders = [...new Set(chosen.map((node) => node.folder))];
  return folders
    .map((folder) => selectInFolder(folder, chosen, excluded))
    .filter((selection) => selection.paths.length > 0);
}

function selectInFolder(
  folder: string,
  chosen: readonly TestNode[],
  excluded: ReadonlySet<string>,
): TestSelection {
  const nodes = chosen.filter((node) => node.folder === folder && !excluded.has(node.id));
  const leaves = nodes.flatMap((node) => leavesOf(node, excluded));
  const isWhole = nodes.every(
    (node) => isFile(node) && !leavesOf(node, new Set()).some((leaf) => excluded.has(leaf.id)),
  );
  return {
    folder,
    paths: [...new Set(leaves.map((leaf) => leaf.path))],
    ids: isWhole ? [] : leaves.flatMap((leaf) => leaf.test?.id ?? []),
  };
}

function leavesOf(node: TestNode, excluded: ReadonlySet<string>): readonly TestNode[] {
  if (excluded.has(node.id)) return [];
  if (node.test) return [node];
  return node.children.flatMap((child) => leavesOf(child, excluded));
}

function isFile(node: TestNode): boolean {
  return node.test === undefined && node.label === node.path;
}
