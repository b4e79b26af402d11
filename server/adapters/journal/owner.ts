import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number by when it started. */
export interface Owner {
  readonly pid: number;
  /** From `/proc`; empty where the system has none, then the number alone decides. */
  readonly started: string;
}

export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid) };
}

export function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM means that it lives under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return owner.started === startOf(owner.pid);
}

/** Field 22 of /proc/PID/stat; the name before it may hold spaces and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended and only waits for its parent, which may never look.
    return state === 'Z' || state === 'X' ? 'ended' : (rest[18] ?? '');
  } catch {
    return '';
  }
}
