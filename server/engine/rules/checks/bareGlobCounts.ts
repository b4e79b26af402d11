import type { FolderCheck } from './folderCheck.ts';

/** `rule.bare-glob` with the number of files that the glob is about, and would be about. */
export const bareGlobCounts: FolderCheck = ({ document, paths }) => {
  // Before its files were listed nothing can be counted.
  if (paths.countMatching([], '') === 0) return [];
  const { scope } = document.file;
  const problems = document.problems.filter(({ code }) => code === 'rule.bare-glob');
  const globs = problems.map(({ span }) => document.text.slice(span.start, span.end));
  const here = paths.countEach(globs, scope);
  const below = paths.countEach(
    globs.map((glob) => `**/${glob}`),
    scope,
  );
  const folder = scope === '' ? 'the workspace folder itself' : `\`${scope}\` itself`;
  return problems.map((problem, at) => {
    const [glob = '', near = 0, far = 0] = [globs[at], here[at], below[at]];
    const message = `\`${glob}\` is about files in ${folder} only, ${countFiles(near)} now; \`**/${glob}\` is about ${countFiles(far)}.`;
    return { ...problem, message, data: { here: String(near), below: String(far) } };
  });
};

function countFiles(count: number): string {
  if (count === 0) return 'no file';
  return count === 1 ? 'one file' : `${count} files`;
}
