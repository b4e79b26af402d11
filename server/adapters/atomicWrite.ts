import { randomBytes } from 'node:crypto';
import { constants, lstatSync, openSync, closeSync, fsyncSync, type Stats } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { LeavesRootError, makeFolder, openParent, type ParentFolder } from './noFollow.ts';

export interface AtomicWriteOptions {
  /** Folder above the file: below it no link is followed, and missing folders are made. */
  readonly within?: string;
  /** Name, in the folder of the file, of the one that is written first; missing: drawn. No file may have it. */
  readonly temporary?: string;
}

/**
 * Replaces a file as a whole, durably: whoever reads it sees the old content or the new, also after a crash. Rights of
 * the old file are kept. Rejects where the file is a link, a folder or a device, and with the system's error.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Buffer,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const parent =
    options.within === undefined
      ? plainParent(path)
      : openParent(options.within, below(options.within, path), makeFolder);
  try {
    await replace(parent, content, options.temporary);
  } finally {
    parent.close();
  }
}

async function replace(
  parent: ParentFolder,
  content: string | Buffer,
  name = `.${parent.name}.${randomBytes(6).toString('hex')}.tmp`,
): Promise<void> {
  const target = join(parent.location, parent.name);
  const old = lstatSync(target, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile())
    throw new LeavesRootError(parent.name, 'it is a link or no plain file');
  const temporary = join(parent.location, name);
  try {
    await writeDurably(temporary, content, old);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  syncFolder(parent.fd);
}

async function writeDurably(path: string, content: string | Buffer, old: Stats | undefined): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o666);
  try {
    if (old !== undefined) await keepRights(file, old);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepRights(file: FileHandle, old: Stats): Promise<void> {
  if (process.platform === 'win32') return;
  const now = await file.stat();
  if (now.uid !== old.uid || now.gid !== old.gid) await file.chown(old.uid, old.gid);
  await file.chmod(old.mode & 0o7777);
}

function plainParent(path: string): ParentFolder {
  const location = dirname(path);
  const fd = openSync(location, constants.O_RDONLY);
  return { location, name: basename(path), fd, close: () => closeSync(fd) };
}

function below(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** The new name is durable only when its folder is. Windows has no such call, and needs none. */
function syncFolder(fd: number): void {
  if (process.platform !== 'win32') fsyncSync(fd);
}
