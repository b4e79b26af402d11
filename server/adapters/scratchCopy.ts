import {
  chownSync,
  constants,
  copyFileSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  type Stats,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sandboxUser } from './ownedFolders.ts';

/** What a copied file was like in the workspace: as long as this stays, so does its content. */
export type SourceState = string;

export interface CopyResult {
  /** Copied files and links by their path. */
  readonly files: ReadonlyMap<string, SourceState>;
  readonly isComplete: boolean;
}

const sliceMs = 8;
const largeBytes = 1024 * 1024;

/**
 * Copies files and inner links from one folder to an empty other one. What vanished meanwhile, and links that lead out,
 * are left out. Incomplete when the signal aborted. Small files are copied at once in short slices: awaiting each
 * costs several times the copy itself.
 */
export async function copyFiles(
  from: string,
  to: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<CopyResult> {
  const files = new Map<string, SourceState>();
  const made = new Set<string>(['.']);
  let sliceEnd = performance.now() + sliceMs;
  for (const path of paths) {
    const source = lstatSync(join(from, path), { throwIfNoEntry: false });
    if (source === undefined || !(source.isFile() || source.isSymbolicLink())) continue;
    makeParents(to, dirname(path), made);
    const isCopied = source.isFile()
      ? await copyOne(join(from, path), join(to, path), source)
      : copyLink(from, path, join(to, path));
    if (isCopied) files.set(path, stateOf(source));
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    if (signal.aborted) return { files, isComplete: false };
    sliceEnd = performance.now() + sliceMs;
  }
  return { files, isComplete: true };
}

/** The state of a workspace file now; undefined if it is gone. */
export function sourceStateOf(path: string): SourceState | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : stateOf(found);
}

/** Makes the folders above a path of the copy, as the sandbox's own. */
export function makeParents(root: string, folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  makeParents(root, dirname(folder), made);
  makeOwn(join(root, folder));
  made.add(folder);
}

function makeOwn(location: string): void {
  try {
    mkdirSync(location);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  own(location);
}

/** Makes a file or folder the sandbox's own when we are root. */
export function own(location: string): void {
  if (process.getuid?.() === 0) chownSync(location, sandboxUser, sandboxUser);
}

function stateOf(found: Stats): SourceState {
  return `${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}`;
}

async function copyOne(from: string, to: string, source: Stats): Promise<boolean> {
  try {
    if (source.size > largeBytes) await copyFile(from, to, constants.COPYFILE_FICLONE);
    else copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    // Deleted since it was listed, or closed to us: the tests could not have read it either.
    if (['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  own(to);
  return true;
}

/** False for a link that leads out or to nothing. It is made relative, so that it leads into the copy wherever that is shown. */
export function copyLink(from: string, path: string, to: string): boolean {
  const root = realpathSync(from);
  const folder = join(root, dirname(path));
  const target = resolve(folder, readlinkSync(join(root, path)));
  const real = realOrUndefined(target);
  if (real === undefined || !isInside(root, real) || !isInside(root, target)) return false;
  symlinkSync(relative(folder, target), to);
  if (process.getuid?.() === 0) lchownSync(to, sandboxUser, sandboxUser);
  return true;
}

function realOrUndefined(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    // A link to nothing.
    return undefined;
  }
}

function isInside(root: string, path: string): boolean {
  const rest = relative(root, path);
  return rest !== '' && rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}
