import { spawnSync } from 'node:child_process';

/** Takes the right to write in a folder from everybody, this process included. False where that cannot be done. */
export function makeReadOnly(folder: string): boolean {
  if (process.getuid?.() === 0) return run('chattr', '-R', '+i', folder);
  return process.platform !== 'win32' && run('chmod', '-R', 'a-w', folder);
}

export function makeWritable(folder: string): void {
  if (process.getuid?.() === 0) run('chattr', '-R', '-i', folder);
  else run('chmod', '-R', 'u+w', folder);
}

function run(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
