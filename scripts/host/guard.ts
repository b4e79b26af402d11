/*
 * `node guard.ts MARK FOLDER COMMAND ARGS...` runs a command that must not outlive the process that asked for it.
 * When standard input ends (the asking process closes it, or is gone, whatever killed it), the command and everything
 * that it started is ended, and FOLDER is removed.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { killTree } from './processTree.ts';

const [mark = '', folder = '', command = '', ...args] = process.argv.slice(2);
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(1));

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
child.once('error', (error) => {
  console.error(error.message);
  void end(1);
});
child.once('exit', (code) => void end(code ?? 1));
process.stdin.on('end', () => void end(0));
process.stdin.on('error', () => void end(0));
process.stdin.resume();

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  if (child.pid !== undefined) await killTree(child.pid, mark);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.exit(code);
}
