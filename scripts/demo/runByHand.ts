import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoWorkspace } from './createWorkspace.ts';

const limitMs = 2 * 60_000;

/**
 * Runs test files in the workspace by the plain runner, without the product, and says whether all are there and green.
 * Prints the command, and what the runner said when it was red.
 */
export function runByHand({ folder, demo }: DemoWorkspace, paths: readonly string[]): boolean {
  const missing = paths.filter((path) => !existsSync(join(folder, path)));
  if (paths.length === 0 || missing.length > 0) {
    console.error(`Nothing landed${missing.length > 0 ? ` as ${missing.join(', ')}` : ''}.`);
    return false;
  }
  const [program, ...args] =
    demo.language === 'js'
      ? ([process.execPath, '--test', ...paths] as const)
      : ([join(folder, '.venv', 'bin', 'python'), '-m', 'pytest', '-q', ...paths] as const);
  const shown = [demo.language === 'js' ? 'node' : '.venv/bin/python', ...args].join(' ');
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: limitMs,
  });
  console.log(`By hand: ${shown}: ${status === 0 ? 'all tests pass' : 'RED'}`);
  if (status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}
