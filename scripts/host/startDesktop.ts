import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildBundles } from '../buildBundles.ts';
import { findProgram } from './findProgram.ts';

const names = process.platform === 'win32' ? ['code.cmd', 'cursor.cmd'] : ['code', 'cursor'];

/**
 * Opens the desktop VS Code or Cursor that is on PATH, with the extension from its sources, and waits until the window
 * is closed or the signal comes. Returns false when there is none. Never as root, which these editors refuse.
 */
export async function startDesktop(root: string, workspace: string, signal: AbortSignal): Promise<boolean> {
  const program = findProgram(names);
  if (!program || process.getuid?.() === 0) return false;
  await buildBundles({ root, outdir: join(root, 'dist') });
  signal.throwIfAborted();
  console.log(`Opening ${workspace} in ${program}. It is removed when you close the window.`);
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, workspace];
  const child = spawn(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const onAbort = () => child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await once(child, 'close');
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return true;
}
