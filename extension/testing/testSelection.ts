import type { TestNode } from './testTree.ts';

/** What one request to run tests takes: tests of one folder. */
export interface TestSelection {
  readonly folder: string;
  /** Relative to the folder. */
  readonly paths: readonly string[];
  /** Empty: all tests of the files. */
  readonly ids: readonly string[];
}

/**
 * Whole files of a folder are one selection, without a list of their tests; of other files the tests are named, one
 * selection per runner, since no runner knows the tests of another. A test that cannot be named is run with its file.
 */
export function selectTests(
  chosen: readonly TestNode[],
  excluded: ReadonlySet<string>,
): readonly TestSelection[] {
  const nodes = chosen.filter((node) => !excluded.has(node.id));
  const folders = [...new Set(nodes.map((node) => node.folder))];
  return folders.flatMap((folder) =>
    selectInFolder(
      folder,
      nodes.filter((node) => node.folder === folder),
      excluded,
    ),
  );
}

function selectInFolder(
  folder: string,
  nodes: readonly TestNode[],
  excluded: ReadonlySet<string>,
): readonly TestSelection[] {
  const whole = new Set<string>();
  const named: TestNode[] = [];
  for (const node of nodes) {
    const isWhole = node.kind === 'file' && !holdsExcluded(node, excluded);
    const leaves = isWhole ? [] : leavesOf(node, excluded);
    if (isWhole || leaves.some((leaf) => leaf.testId === undefined)) whole.add(node.path);
    else named.push(...leaves);
  }
  const left = named.filter((leaf) => !whole.has(leaf.path));
  const runners = [...new Set(left.map((leaf) => leaf.runner))];
  const byRunner = runners.map((runner): TestSelection => {
    const leaves = left.filter((leaf) => leaf.runner === runner);
    return {
      folder,
      paths: [...new Set(leaves.map((leaf) => leaf.path))],
      ids: [...new Set(leaves.flatMap((leaf) => leaf.testId ?? []))],
    };
  });
  return [...(whole.size > 0 ? [{ folder, paths: [...whole], ids: [] }] : []), ...byRunner];
}

function holdsExcluded(node: TestNode, excluded: ReadonlySet<string>): boolean {
  return node.children.some((child) => excluded.has(child.id) || holdsExcluded(child, excluded));
}

function leavesOf(node: TestNode, excluded: ReadonlySet<string>): readonly TestNode[] {
  if (excluded.has(node.id)) return [];
  if (node.kind === 'test') return [node];
  return node.children.flatMap((child) => leavesOf(child, excluded));
}
