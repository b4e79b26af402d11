import { createGlobIndex } from './globIndex.ts';
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
  return {
    all: () => (sorted ??= tree.paths().toSorted()),
    has: (path) => tree.has(path),
    countMatching: (globs, scope) => {
      const key = JSON.stringify([scope, ...globs]);
      const known = counts.get(key);
      if (known !== undefined) return known.count;
      if (counts.size >= maxCounts) {
        counts.clear();
        queries = createGlobIndex();
      }
      const count = findMatches(tree.root, globs, scope).length;
      counts.set(key, { count });
      queries.add({ id: key, globs, scope });
      return count;
    },
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
