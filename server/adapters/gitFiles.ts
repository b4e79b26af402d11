import { execFile } from 'node:child_process';
import type { Git } from '../engine/ports/git.ts';
import { resolveTrustedTool } from './trustedTool.ts';

/** Longest list of paths that every system takes as arguments, in UTF-16 units. */
const maxArgumentLength = 20_000;

/**
 * Files of a folder that git tracks or would track, relative to the folder, unsorted; with `within` those that are or
 * lie in these. A nested repository is listed as one path that ends in `/`. undefined: there is no git, no repository,
 * or it cannot be read.
 */
export async function listGitFiles(
  root: string,
  signal: AbortSignal,
  within?: readonly string[],
): Promise<readonly string[] | undefined> {
  const git = resolveTrustedTool('git');
  if (git === undefined) return undefined;
  if (within !== undefined && within.join(' ').length > maxArgumentLength) {
    const named = new Set(within);
    return (await listGitFiles(root, signal))?.filter((path) =>
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
    runGitList(git, root, ['ls-files', '-z', '-d', ...pathspec], signal),
  ]);
  if (present === undefined || deleted === undefined) return undefined;
  const gone = new Set(deleted);
  return present.filter((path) => !gone.has(path));
}

/** The path and the folders that it lies in. */
function namesAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Text of a file as it was committed last. undefined: it never was, or there is no git or no repository. */
export const gitCommits: Git = {
  async committed(root, path, signal) {
    const git = resolveTrustedTool('git');
    // A blob is printed as it is: no filter that the repository names is run.
    return git === undefined ? undefined : runGit(git, root, ['cat-file', 'blob', `HEAD:./${path}`], signal);
  },
};

async function runGitList(
  git: string,
  root: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  return (await runGit(git, root, args, signal))?.split('\0').filter((path) => path !== '');
}

/** What git prints; undefined when it fails. */
function runGit(
  git: string,
  root: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const options = {
    cwd: root,
    env: gitEnvironment(),
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
    signal,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile(git, [...harmless, ...args], options, (error, output) => {
      resolve(error === null ? output : undefined);
    });
  });
}

/** A repository's own configuration may name programs that git would run. */
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=keep',
  '--no-pager',
];

/** What a repository lacks is not fetched: its configuration may name the program that would do so. */
const withoutRemotes = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };

function gitEnvironment(): Record<string, string> {
  const result: Record<string, string> = {
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    ...withoutRemotes,
  };
  for (const name of ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'PATH']) {
    const value = process.env[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}
