import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The processes of this machine (Linux) whose command line and environment together contain all texts. */
export function findProcesses(...texts: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      const known = (read(`/proc/${name}/cmdline`) + read(`/proc/${name}/environ`)).replaceAll('\0', ' ');
      return texts.every((text) => known.includes(text));
    })
    .map(Number);
}

/** Waits until a check no longer throws; then it throws what the check last threw. */
export async function eventually(check: () => void, limitMs = 10_000): Promise<void> {
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
