import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether a stranger to file and folder (neither owner nor group) gets to a path and may read it, folders enter it. */
export function canStrangerReach(path: string, stranger: number): boolean {
  return (
    mayUse(path, stranger, 'read') && ancestorsOf(path).every((folder) => mayUse(folder, stranger, 'enter'))
  );
}

/** Whether a stranger may execute a file once its folder is reachable. */
export function canStrangerExecute(path: string, stranger: number): boolean {
  return mayUse(path, stranger, 'enter');
}

function mayUse(path: string, stranger: number, right: 'read' | 'enter'): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const shift = found.uid === stranger ? 6 : found.gid === stranger ? 3 : 0;
  const bits = (found.mode >> shift) & 0o7;
  const needed = right === 'enter' ? 0o1 : found.isDirectory() ? 0o5 : 0o4;
  return (bits & needed) === needed;
}

function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}
