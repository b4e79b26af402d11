import { createGlobIndex, type GlobbedRule } from './globIndex.ts';
import { createFileTree, findMatches } from './fileTree.ts';

/**
 * The files of a workspace folder that version control does not ignore, relative to it. `globs` and `scope` are read as
 * those of a rule: `!` excludes, a list that takes nothing in means every file under the scope, and a glob that cannot
 * be used matches nothing.
 */
export interface WorkspacePaths {
  /** Sorted. */
  all(): readonly string[];
  has(path: string): boolean;
  /** How many files such a rule is about. What was counted once is kept, and goes with the files that come and go. */
  countMatching(globs: readonly string[], scope: string): number;
  /** The same for each glob by itself, in their order: many that were not counted yet are counted in one walk. */
  countEach(globs: readonly string[], scope: string): readonly number[];
  /** The first `limit` of them, sorted. */
  matching(globs: readonly string[], scope: string, limit: number): readonly string[];
}

/** The same for its owner, who tells it what comes and goes. */
export interface EditableWorkspacePaths extends WorkspacePaths {
  /** False if it was there already. */
  add(path: string): boolean;
  /** Removes a file, or all files of a folder. False if there was none. */
  remove(fileOrFolder: string): boolean;
}

// Each state of a glob that is being typed is counted. Dropped together when there are too many.
const maxCounts = 20_000;
// A glob by itself looks only into folders that it can reach; so many of them are as much as looking at all files.
const maxWalks = 8;

export function createWorkspacePaths(paths: readonly string[]): EditableWorkspacePaths {
  const tree = createFileTree(paths);
  const counts = new Map<string, { count: number }>();
  let queries = createGlobIndex();
  let sorted: readonly string[] | undefined;
  const adjust = (path: string, by: 1 | -1): void => {
    sorted = undefined;
    for (const key of queries.match(path)) {
      const known = counts.get(key);
      if (known !== undefined) known.count += by;
    }
  };
  const keep = (key: string, rule: Omit<GlobbedRule, 'id'>, count: number): void => {
    if (counts.size >= maxCounts) {
      counts.clear();
      queries = createGlobIndex();
    }
    counts.set(key, { count });
    queries.add({ id: key, ...rule });
  };
  const countMatching = (globs: readonly string[], scope: string): number => {
    const key = keyOf(globs, scope);
    const known = counts.get(key);
    if (known !== undefined) return known.count;
    const count = findMatches(tree.root, globs, scope).length;
    keep(key, { globs, scope }, count);
    return count;
  };
  const countEach = (globs: readonly string[], scope: string): readonly number[] => {
    const unknown = [...new Set(globs)].filter((glob) => !counts.has(keyOf([glob], scope)));
    if (unknown.length <= maxWalks) return globs.map((glob) => countMatching([glob], scope));
    const index = createGlobIndex();
    for (const glob of unknown) index.add({ id: glob, globs: [glob], scope });
    const found = new Map(unknown.map((glob) => [glob, 0]));
    for (const path of tree.paths())
      for (const glob of index.match(path)) found.set(glob, (found.get(glob) ?? 0) + 1);
    for (const [glob, count] of found) keep(keyOf([glob], scope), { globs: [glob], scope }, count);
    return globs.map((glob) => found.get(glob) ?? countMatching([glob], scope));
  };
  return {
    all: () => (sorted ??= tree.paths().toSorted()),
    has: (path) => tree.has(path),
    countMatching,
    countEach,
    matching: (globs, scope, limit) => findMatches(tree.root, globs, scope).toSorted().slice(0, limit),
    add: (path) => {
      const added = tree.add(path);
      if (added) adjust(path, 1);
      return added;
    },
    remove: (fileOrFolder) => {
      const removed = tree.remove(fileOrFolder);
      for (const path of removed) adjust(path, -1);
      return removed.length > 0;
    },
  };
}

function keyOf(globs: readonly string[], scope: string): string {
  return JSON.stringify([scope, ...globs]);
}
