import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { resolveTrustedTool } from '../trustedTool.ts';

/** A process that was started as the leader of its own group. */
export interface TreeRoot {
  readonly pid: number;
  /** `NAME=value` that its environment holds and no other's: finds children that left group and session. */
  readonly marker: string;
}

/**
 * Ends a process and all that it started: asked first, forced after `graceMs`. A child that left the group, lost its
 * parent and cleared its environment is not found; only a sandbox holds such a one.
 */
export async function killTree(root: TreeRoot, graceMs: number): Promise<void> {
  if (process.platform === 'win32') return killOnWindows(root.pid);
  signalAll(root, membersOf(root), 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && membersOf(root).length > 0) await delay(20);
  // A tree that forks while it is killed needs several rounds; each round leaves fewer.
  for (let round = 0; round < 100; round += 1) {
    const left = membersOf(root);
    if (left.length === 0) return;
    signalAll(root, left, 'SIGKILL');
    await delay(5);
  }
}

/** Whether a process of the group that `pid` led is left. */
export function hasGroup(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process is left that bears the marker, whatever group or session it is in. Only Linux tells. */
export function hasMarked(root: TreeRoot): boolean {
  return process.platform === 'linux' && membersOf(root).length > 0;
}

/** Sends a signal to a whole group; it may be gone already. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  signalOne(-pid, signal);
}

function signalAll(root: TreeRoot, pids: readonly number[], signal: NodeJS.Signals): void {
  signalGroup(root.pid, signal);
  for (const pid of pids) signalOne(pid, signal);
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone between looking and killing.
  }
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly marked: boolean;
}

/** Living processes of the tree: its group, its marked ones, and the descendants of both. */
function membersOf(root: TreeRoot): readonly number[] {
  const rows = process.platform === 'linux' ? rowsOfProc(root.marker) : rowsOfPs();
  const members = new Set(
    rows.filter((row) => row.group === root.pid || row.pid === root.pid || row.marked).map((row) => row.pid),
  );
  let before = -1;
  while (before !== members.size) {
    before = members.size;
    for (const row of rows) if (members.has(row.parent)) members.add(row.pid);
  }
  members.delete(process.pid);
  return [...members];
}

function rowsOfProc(marker: string): readonly ProcessRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => rowOfProc(name, marker));
}

function rowOfProc(name: string, marker: string): readonly ProcessRow[] {
  const stat = readQuietly(`/proc/${name}/stat`);
  // The name in brackets may itself hold brackets and spaces.
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || state === '' || state === 'Z' || state === 'X') return [];
  const marked = readQuietly(`/proc/${name}/environ`).split('\0').includes(marker);
  return [{ pid: Number(name), parent: Number(parent), group: Number(group), marked }];
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended, or belongs to somebody else.
    return '';
  }
}

function rowsOfPs(): readonly ProcessRow[] {
  const ps = resolveTrustedTool('ps');
  if (ps === undefined) return [];
  const text = execFileSync(ps, ['-axo', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8', timeout: 5_000 });
  return text.split('\n').flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/u);
    if (pid === undefined || state === undefined || state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), marked: false }];
  });
}

function killOnWindows(pid: number): void {
  const taskkill = resolveTrustedTool('taskkill');
  if (taskkill === undefined) return signalOne(pid, 'SIGKILL');
  try {
    execFileSync(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', timeout: 5_000 });
  } catch {
    // The process ended by itself.
  }
}
