import { compileGlob } from '../globs/compileGlob.ts';
import { parentsWord } from '../inheritance/mergeGlobs.ts';
import { isBare } from './bareGlob.ts';
import type { FolderCheck } from './folderCheck.ts';

/** `rule.unmatched-glob`: a glob that is about no file of the folder. */
export const unmatchedGlob: FolderCheck = ({ document: { path, file }, paths, isLive }) => {
  // A folder without files of its kind is one that was just made, or is not listed yet.
  if (!isLive(path) || file.globs.length === 0 || paths.countMatching([], '') < minFiles) return [];
  // Of a bare glob its own problem says so, with its counts.
  const globs = file.globs.filter(
    ({ value }) => !isBare(value) && value !== parentsWord && takesFilesIn(value),
  );
  const counts = paths.countEach(
    globs.map(({ value }) => value),
    file.scope,
  );
  const below = file.scope === '' ? 'this folder' : `\`${file.scope}\``;
  return globs.flatMap(({ value, span }, at) => {
    if (counts[at] !== 0) return [];
    const message = `\`${value}\` matches no file of ${below} now.`;
    return [{ code: 'rule.unmatched-glob', severity: 'hint', message, span } as const];
  });
};

const minFiles = 5;

function takesFilesIn(glob: string): boolean {
  const result = compileGlob(glob);
  return result.kind === 'compiled' && !result.glob.negated;
}
