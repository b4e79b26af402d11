import { compileGlob, matchGlob, splitPath, type CompiledGlob } from '../rules/globs/compileGlob.ts';
import { widenGlob } from '../rules/globs/scopedGlob.ts';
import { mayHoldSecrets } from '../safety/protectedPaths.ts';

const maxFiles = 10;

/**
 * The files that an action's `context` names, sorted as `files` are: globs are read from the rule's folder, `@path` from
 * the workspace folder too. Files that may hold secrets are never among them.
 */
export function contextFiles(
  context: readonly string[],
  scope: string,
  files: Iterable<string>,
): readonly string[] {
  const globs = context.flatMap((wish) => compileWish(wish, scope));
  const including = globs.filter(({ negated }) => !negated);
  const excluding = globs.filter(({ negated }) => negated);
  if (including.length === 0) return [];
  const isNamed = (path: string): boolean => {
    const names = splitPath(path);
    const hit = (glob: CompiledGlob): boolean => matchGlob(glob, names);
    return including.some(hit) && !excluding.some(hit);
  };
  return [...files].filter((path) => !mayHoldSecrets(path) && isNamed(path)).slice(0, maxFiles);
}

function compileWish(wish: string, scope: string): readonly CompiledGlob[] {
  const compiled = compileGlob(wish.replace(/^@/u, ''));
  if (compiled.kind !== 'compiled') return [];
  const scoped = widenGlob(compiled.glob, scope);
  return wish.startsWith('@') ? [scoped, compiled.glob] : [scoped];
}
