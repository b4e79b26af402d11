import type { FolderCheck } from './folderCheck.ts';

/** `rule.bare-glob` with the number of files that the glob is about, and would be about. */
export const bareGlobCounts: FolderCheck = ({ document, paths }) => {
  // Before its files were listed nothing can be counted.
  if (paths.countMatching([], '') === 0) return [];
  return document.problems
    .filter(({ code }) => code === 'rule.bare-glob')
    .map((problem) => {
      const { scope } = document.file;
      const glob = document.text.slice(problem.span.start, problem.span.end);
      const here = paths.countMatching([glob], scope);
      const below = paths.countMatching([`**/${glob}`], scope);
      const folder = scope === '' ? 'the workspace folder itself' : `\`${scope}\` itself`;
      const message = `\`${glob}\` is about files in ${folder} only, ${countFiles(here)} now; \`**/${glob}\` is about ${countFiles(below)}.`;
      return { ...problem, message, data: { here: String(here), below: String(below) } };
    });
};

function countFiles(count: number): string {
  if (count === 0) return 'no file';
  return count === 1 ? 'one file' : `${count} files`;
}
