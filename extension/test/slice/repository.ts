import { execFileSync } from 'node:child_process';

/** Makes a folder a repository in which everything is committed. */
export function commitAll(folder: string): void {
  const who = ['-c', 'user.name=a person', '-c', 'user.email=person@example.com'];
  git(folder, ['init', '--quiet']);
  git(folder, ['add', '--all']);
  git(folder, [...who, 'commit', '--quiet', '--message', 'Begin']);
}

/** What git says has changed, a line each. */
export function gitStatus(folder: string): readonly string[] {
  return git(folder, ['status', '--porcelain', '--untracked-files=all']).split('\n').filter(Boolean);
}

function git(folder: string, args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}
