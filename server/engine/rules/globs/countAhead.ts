import type { RuleDocument } from '../rule.ts';
import { createGlobIndex } from './globIndex.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/**
 * The same paths, with the files of every single glob of these rule files counted in one walk. For who asks about all of
 * them anyway: thousands of globs, each looked for by itself, would be as many walks.
 */
export function countAhead(paths: WorkspacePaths, documents: readonly RuleDocument[]): WorkspacePaths {
  const index = createGlobIndex();
  const counts = new Map<string, number>();
  for (const { file } of documents) {
    for (const { value } of file.globs) {
      const id = keyOf(value, file.scope);
      if (counts.has(id)) continue;
      counts.set(id, 0);
      index.add({ id, globs: [value], scope: file.scope });
    }
  }
  for (const path of paths.all()) {
    for (const id of index.match(path)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const countMatching = (globs: readonly string[], scope: string): number => {
    const [only, ...others] = globs;
    const known = only === undefined || others.length > 0 ? undefined : counts.get(keyOf(only, scope));
    return known ?? paths.countMatching(globs, scope);
  };
  return {
    all: () => paths.all(),
    has: (path) => paths.has(path),
    countMatching,
    countEach: (globs, scope) => {
      const known = globs.map((glob) => counts.get(keyOf(glob, scope)));
      if (!known.includes(undefined)) return known.map((count) => count ?? 0);
      return paths.countEach(globs, scope);
    },
    matching: (globs, scope, limit) => paths.matching(globs, scope, limit),
  };
}

function keyOf(glob: string, scope: string): string {
  return `${scope}\n${glob}`;
}
