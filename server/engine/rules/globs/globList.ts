import { compileGlob, type CompiledGlob } from './compileGlob.ts';
import { widenGlob } from './scopedGlob.ts';

/**
 * The globs of one rule as seen from the workspace folder: a file is one of the rule's if one of them takes it in and
 * none that is negated does. A list that takes nothing in (empty, or only excluding) means every file under the scope.
 * Globs that cannot be used are left out: they match nothing.
 */
export function readGlobList(globs: readonly string[], scope: string): readonly CompiledGlob[] {
  const usable = globs.map((glob) => compileGlob(glob)).filter((each) => each.kind === 'compiled');
  const onlyExcludes = usable.length === globs.length && usable.every(({ glob }) => glob.negated);
  const all = usable.map(({ glob }) => glob);
  return (onlyExcludes ? [...all, everything] : all).map((glob) => widenGlob(glob, scope));
}

const everything: CompiledGlob = { negated: false, alternatives: [[{ kind: 'globstar' }]] };
