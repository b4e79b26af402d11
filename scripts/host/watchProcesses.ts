import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The processes of this machine (Linux) whose command line and environment together contain all texts. */
export function findProcesses(...texts: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      const command = read(`/proc/${name}/cmdline`);
      const known = (command + read(`/proc/${name}/environ`)).replaceAll('\0', ' ');
      return texts.every((text) => known.includes(text)) && !isUnstarted(name, command);
    })
    .map(Number);
}

/**
 * Whether a process is between fork and exec: until it starts its own program it has the command line of its parent, and
 * is no second process of that kind.
 */
function isUnstarted(pid: string, command: string): boolean {
  const stat = read(`/proc/${pid}/stat`);
  // The program's name stands in parentheses and may hold any character.
  const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return command !== '' && command === read(`/proc/${parent}/cmdline`);
}

/** Waits until a check no longer throws; then it throws what the check last threw. */
export async function eventually(check: () => void, limitMs = 40_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(50);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended in the meantime.
    return '';
  }
}
