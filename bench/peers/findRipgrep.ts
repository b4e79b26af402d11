import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The ripgrep of this machine or of the folder with peers; undefined when there is none. */
export function findRipgrep(peers: string | undefined): string | undefined {
  const bundled = peers === undefined ? [] : [join(peers, 'node_modules/@vscode/ripgrep/bin/rg')];
  return [...bundled.filter((path) => existsSync(path)), 'rg'].find(
    (program) => spawnSync(program, ['--version']).status === 0,
  );
}

/** Rule files lie in a hidden folder and are looked at too. */
const options = ['--line-number', '--column', '--no-heading', '--hidden', '--glob', '!.git'];

/** Milliseconds that ripgrep takes to look for the patterns one by one, in the files that we look at. */
export function timeRipgrep(program: string, root: string, patterns: readonly string[]): number {
  const started = performance.now();
  for (const pattern of patterns) {
    // The folder is named: without it ripgrep reads its standard input, which is empty here.
    const { status } = spawnSync(program, [...options, '--regexp', pattern, '.'], {
      cwd: root,
      maxBuffer: 256 * 1024 * 1024,
    });
    // 1: nothing was found.
    if (status !== 0 && status !== 1) throw new Error(`ripgrep refused ${pattern}.`);
  }
  return performance.now() - started;
}
