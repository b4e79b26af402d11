import type { Git } from '../engine/ports/git.ts';
import { readGitState } from './gitState.ts';
import { callGit, runGit, runGitList } from './runGit.ts';
import { resolveTrustedTool } from './trustedTool.ts';

/** Longest list of paths that every system takes as arguments, in UTF-16 units. */
const maxArgumentLength = 20_000;

/** Whether files that are deleted and still in the index may stand among the others: git takes a look at each to tell. */
export type GoneFiles = 'leftOut' | 'mayStand';

/**
 * Files of a folder that git tracks or would track, relative to the folder, unsorted; with `within` those that are or
 * lie in these. A nested repository is listed as one path that ends in `/`. undefined: there is no git, no repository,
 * or it cannot be read.
 */
export async function listGitFiles(
  root: string,
  signal: AbortSignal,
  within?: readonly string[],
  gone: GoneFiles = 'leftOut',
): Promise<readonly string[] | undefined> {
  const git = resolveTrustedTool('git');
  if (git === undefined) return undefined;
  if (within !== undefined && within.join(' ').length > maxArgumentLength) {
    const named = new Set(within);
    return (await listGitFiles(root, signal, undefined, gone))?.filter((path) =>
      namesAbove(path).some((each) => named.has(each)),
    );
  }
  if (within?.length === 0) return [];
  const pathspec = within === undefined ? [] : ['--', ...within.map((path) => `:(literal)${path}`)];
  const [present, deleted] = await Promise.all([
    runGitList(
      git,
      root,
      ['ls-files', '-z', '-c', '-o', '--exclude-standard', '--deduplicate', ...pathspec],
      signal,
    ),
    gone === 'mayStand' ? [] : runGitList(git, root, ['ls-files', '-z', '-d', ...pathspec], signal),
  ]);
  if (present === undefined || deleted === undefined) return undefined;
  if (deleted.length === 0) return present;
  const left = new Set(deleted);
  return present.filter((path) => !left.has(path));
}

/** Those of some paths that version control has; none where there is no repository. */
export async function findTracked(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const git = resolveTrustedTool('git');
  if (git === undefined || paths.length === 0) return new Set();
  const isShort = paths.join(' ').length <= maxArgumentLength;
  const pathspec = isShort ? ['--', ...paths.map((path) => `:(literal)${path}`)] : [];
  return new Set(await runGitList(git, root, ['ls-files', '-z', '-c', ...pathspec], signal));
}

/** Those of some paths, there or not, that version control ignores; none where there is no repository. */
export async function findIgnored(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const git = resolveTrustedTool('git');
  if (git === undefined || paths.length === 0) return new Set();
  const call = { git, root, signal, input: `${paths.join('\0')}\0` };
  const found = await callGit(call, ['check-ignore', '-z', '--stdin']);
  return new Set(found?.toString('utf8').split('\0'));
}

/** The path and the folders that it lies in. */
function namesAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Git as the engine asks it. Nothing that a repository's own configuration names is run. */
export const gitCommits: Git = {
  async committed(root, path, signal) {
    const git = resolveTrustedTool('git');
    // A blob is printed as it is: no filter that the repository names is run.
    return git === undefined ? undefined : runGit(git, root, ['cat-file', 'blob', `HEAD:./${path}`], signal);
  },
  async state(root, path, signal) {
    const git = resolveTrustedTool('git');
    return git === undefined ? undefined : readGitState((args) => runGit(git, root, args, signal), path);
  },
};
