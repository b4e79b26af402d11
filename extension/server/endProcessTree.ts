import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const rounds = 50;

/**
 * Ends a process that answers nobody, and all that descends from it, at once: nobody there could tidy up any more. Resolves
 * when they are gone.
 */
export async function endProcessTree(root: number): Promise<void> {
  if (process.platform === 'win32') return endOnWindows(root);
  // The children of a dead parent belong to nobody, so all are collected before the first signal.
  let left = withDescendants([root]);
  for (let round = 0; round < rounds && left.length > 0; round += 1) {
    for (const pid of left) kill(pid);
    await delay(20);
    left = withDescendants(left);
  }
}

interface Row {
  readonly pid: number;
  readonly parent: number;
}

/** Those that live of these processes, and of what they started. */
function withDescendants(pids: readonly number[]): readonly number[] {
  const rows = process.platform === 'linux' ? rowsOfProc() : rowsOfPs();
  const found = new Set(pids);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { pid, parent } of rows) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return rows.flatMap(({ pid }) => (found.has(pid) ? [pid] : []));
}

/** What has ended and only waits for its parent to take notice is left out. */
function rowsOfProc(): readonly Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      const stat = readStat(name);
      // The program's name stands in brackets and may itself hold brackets and spaces.
      const [state = 'Z', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return parent === undefined || /[ZX]/u.test(state)
        ? []
        : [{ pid: Number(name), parent: Number(parent) }];
    });
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}

function rowsOfPs(): readonly Row[] {
  // By its full path: a workspace may hold a program of this name.
  const text = execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,stat='], { encoding: 'utf8', timeout: 5_000 });
  return text.split('\n').flatMap((line) => {
    const [pid, parent, state = 'Z'] = line.trim().split(/\s+/u);
    return pid === undefined || parent === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent) }];
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

function endOnWindows(pid: number): void {
  const taskkill = win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  try {
    execFileSync(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', timeout: 5_000 });
  } catch {
    kill(pid);
  }
}
