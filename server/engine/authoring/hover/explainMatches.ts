import type { WorkspacePaths } from '../../rules/globs/workspacePaths.ts';
import { code } from './markdown.ts';

const maxExamples = 5;

/** How many files such globs match now, with the first of them. */
export function explainMatches(workspace: WorkspacePaths, globs: readonly string[], scope: string): string {
  const count = workspace.countMatching(globs, scope);
  const where = scope === '' ? '' : ` below ${code(`${scope}/`)}`;
  if (count === 0) return `Matches no file${where} now.`;
  const examples = workspace.matching(globs, scope, maxExamples).map((path) => code(path));
  const more = count > examples.length ? ', …' : '';
  return `Matches ${count === 1 ? '1 file' : `${count} files`}${where} now: ${examples.join(', ')}${more}`;
}

/** One glob by itself; an excluding one by what it takes away. */
export function explainGlob(workspace: WorkspacePaths, glob: string, scope: string): string {
  if (!glob.startsWith('!')) return explainMatches(workspace, [glob], scope);
  return `Excludes. ${explainMatches(workspace, [glob.slice(1)], scope)}`;
}
