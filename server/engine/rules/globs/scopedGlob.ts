import type { CompiledGlob } from './compileGlob.ts';
import type { Segment } from './segment.ts';

/**
 * The glob as seen from the workspace folder. A glob that names the scope's own folder again is read from the
 * workspace folder too: many authors write it so, and it still sees only files under the scope.
 */
export function widenGlob(glob: CompiledGlob, scope: string): CompiledGlob {
  if (scope === '') return glob;
  const folders = scope.split('/').map((text): Segment => ({ kind: 'literal', text }));
  const alternatives = glob.alternatives.flatMap((segments) => {
    const below = [...folders, ...segments];
    return beginsWith(segments, folders) ? [below, segments] : [below];
  });
  return { negated: glob.negated, alternatives };
}

/** Whether the glob repeats the folder that it is relative to already. */
export function repeatsScope(glob: CompiledGlob, scope: string): boolean {
  if (scope === '') return false;
  const folders = scope.split('/').map((text): Segment => ({ kind: 'literal', text }));
  return glob.alternatives.some((segments) => beginsWith(segments, folders));
}

function beginsWith(segments: readonly Segment[], folders: readonly Segment[]): boolean {
  if (segments.length <= folders.length) return false;
  return folders.every((folder, at) => {
    const segment = segments[at];
    return folder.kind === 'literal' && segment?.kind === 'literal' && segment.text === folder.text;
  });
}
