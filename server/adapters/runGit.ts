import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface GitCall {
  /** Absolute path of git. */
  readonly git: string;
  /** Where it runs. */
  readonly root: string;
  readonly signal: AbortSignal;
  /** What it reads on its standard input; undefined: nothing. */
  readonly input?: string;
  /** The index that a commit under way works on counts; without it the repository's own. */
  readonly ofCommit?: boolean;
}

const limits = { maxBuffer: 256 * 1024 * 1024, timeout: 60_000, windowsHide: true };

/** What git prints; undefined when it fails. */
export async function runGit(
  git: string,
  root: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await callGit({ git, root, signal }, args))?.toString('utf8');
}

/** The same for output that NUL ends piece by piece. */
export async function runGitList(
  git: string,
  root: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  return (await runGit(git, root, args, signal))?.split('\0').filter((path) => path !== '');
}

/** The bytes that git prints; undefined when it fails or is stopped. Nothing that the repository names is run. */
export function callGit(call: GitCall, args: readonly string[]): Promise<Buffer | undefined> {
  const options = {
    ...limits,
    cwd: call.root,
    env: gitEnvironment(call.ofCommit === true),
    signal: call.signal,
    encoding: 'buffer' as const,
  };
  return new Promise((settle) => {
    const child = execFile(call.git, [...harmless, ...args], options, (error, output) => {
      settle(error === null ? output : undefined);
    });
    // It may end before it has read everything; what it printed then tells.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(call.input ?? '');
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

function gitEnvironment(ofCommit: boolean): Record<string, string> {
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
  const index = ofCommit ? indexOfCommit() : undefined;
  if (index !== undefined) result['GIT_INDEX_FILE'] = index;
  return result;
}

/** `git commit FILE` tells its hooks an index of its own, as seen from where they start. */
function indexOfCommit(): string | undefined {
  const named = process.env['GIT_INDEX_FILE'];
  if (named === undefined || named === '') return undefined;
  const index = resolve(named);
  return existsSync(index) ? index : undefined;
}
