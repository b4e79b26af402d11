import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Environment variable that marks all processes of one host, also those that left its process tree. */
export const hostMark = 'CODEGEN_LAB_HOST_RUN';

const limitMs = 5_000;

/** Ends a process, all that descend from it, and all that carry its mark; waits until they are gone. */
export async function killTree(root: number, mark: string): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(root), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  const deadline = Date.now() + limitMs;
  // Parents are collected before the first signal: the children of a dead parent belong to nobody.
  let living = listTree(root, mark);
  while (living.length > 0 && Date.now() < deadline) {
    for (const pid of living) kill(pid);
    await delay(20);
    const known = living.filter(isAlive);
    living = [...new Set([...known, ...listTree(root, mark)])];
  }
}

function listTree(root: number, mark: string): readonly number[] {
  const processes = process.platform === 'linux' ? readProcesses(mark) : listProcesses();
  const tree = new Set([root]);
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const { pid, parent, isMarked } of processes) if (isMarked || tree.has(parent)) tree.add(pid);
  }
  tree.delete(process.pid);
  return [...tree].filter(isAlive);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly isMarked: boolean;
}

function readProcesses(mark: string): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // The program's name stands in parentheses and may hold any character.
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (parent === undefined) return [];
      const isMarked = read(`/proc/${name}/environ`).split('\0').includes(`${hostMark}=${mark}`);
      return [{ pid: Number(name), parent: Number(parent), isMarked }];
    });
}

function listProcesses(): readonly Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent), isMarked: false }));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended, or belongs to somebody else.
    return '';
  }
}

/** A zombie counts as gone: it only waits for its parent to take notice. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    // ESRCH; what belongs to others (EPERM) is not ours to end.
    return false;
  }
  if (process.platform !== 'linux') return true;
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
