import { compileGlob } from '../globs/compileGlob.ts';
import type { FolderCheck } from './folderCheck.ts';

/** `rule.unmatched-glob`: a glob that is about no file of the folder. */
export const unmatchedGlob: FolderCheck = ({ document: { path, file, problems }, paths, isLive }) => {
  // A folder without files of its kind is one that was just made, or is not listed yet.
  if (!isLive(path) || file.globs.length === 0 || paths.countMatching([], '') < minFiles) return [];
  return file.globs.flatMap(({ value, span }) => {
    const result = compileGlob(value);
    if (result.kind === 'refused' || result.glob.negated || paths.countMatching([value], file.scope) > 0)
      return [];
    // That one says so, with its counts.
    if (problems.some((each) => each.code === 'rule.bare-glob' && each.span.start === span.start)) return [];
    const below = file.scope === '' ? 'this folder' : `\`${file.scope}\``;
    const message = `\`${value}\` matches no file of ${below} now.`;
    return [{ code: 'rule.unmatched-glob', severity: 'hint', message, span } as const];
  });
};

const minFiles = 5;
