import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';

/** A path that leaves its root, or goes through a link that might. */
export class LeavesRootError extends Error {
  readonly code = 'files.leaves-root';

  constructor(path: string, reason: string) {
    super(`${path} is not touched: ${reason}.`);
    this.name = 'LeavesRootError';
  }
}

/** The folder that holds a file, opened so that nobody can put another in its place. */
export interface ParentFolder {
  /** Path by which the folder is reached; holds as long as it is open. */
  readonly location: string;
  /** Last segment of the path. */
  readonly name: string;
  /** Descriptor of the folder. */
  readonly fd: number;
  close(): void;
}

/**
 * Opens the folder of `path` below `root` one segment at a time, following no link but those that lead to `root`
 * itself. Throws `LeavesRootError`, or the system's error.
 *
 * @param prepare called with the location of each missing folder, which it must make; undefined: none is made.
 */
export function openParent(root: string, path: string, prepare?: (location: string) => void): ParentFolder {
  const segments = segmentsOf(path);
  const name = segments.pop() ?? '';
  if (process.platform === 'win32')
    return { location: walkByName(root, segments, { path, prepare }), name, fd: -1, close: () => undefined };
  let fd = openSync(root, folderFlags & ~constants.O_NOFOLLOW);
  let location = locationOf(fd, root);
  for (const segment of segments) {
    const next = join(location, segment);
    try {
      const opened = openFolder(next, path, prepare);
      closeSync(fd);
      fd = opened;
      location = locationOf(fd, next);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }
  return { location, name, fd, close: () => closeSync(fd) };
}

/** Like `openParent`, but undefined when a folder on the way does not exist. */
export function openParentIfThere(root: string, path: string): ParentFolder | undefined {
  try {
    return openParent(root, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export type PlainRead =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  /** A link, a folder, a pipe or a device. */
  | { readonly kind: 'notPlain' };

/**
 * Reads a file whose folder is known to be right. Follows no link, and does not wait for whoever holds a pipe.
 *
 * @param space is read into if it suffices, and holds the bytes then: memory that is fresh takes longer than the reading
 */
export function readPlainFile(path: string, maxBytes: number, space?: Buffer): PlainRead {
  const fd = openPlain(path);
  if (typeof fd === 'string') return { kind: fd };
  try {
    const found = fstatSync(fd);
    if (!found.isFile()) return { kind: 'notPlain' };
    if (found.size > maxBytes) return { kind: 'tooLarge', bytes: found.size };
    return readBounded(fd, { expected: found.size, maxBytes, space });
  } finally {
    closeSync(fd);
  }
}

const folderFlags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const fileFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function openPlain(path: string): number | 'missing' | 'notPlain' {
  try {
    return openSync(path, fileFlags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return 'missing';
    if (code === 'ELOOP' || code === 'ENXIO' || code === 'EISDIR' || code === 'ENOTDIR') return 'notPlain';
    throw error;
  }
}

/** The file may grow while it is read; then it is as if it had been larger from the start. */
function readBounded(
  fd: number,
  {
    expected,
    maxBytes,
    space = Buffer.alloc(0),
  }: { readonly expected: number; readonly maxBytes: number; readonly space: Buffer | undefined },
): PlainRead {
  const full: Buffer[] = [];
  let total = 0;
  for (let size = expected + 1; ; size = 65_536) {
    // One byte more than it should hold: a file that has not grown fills none, so that its bytes are never copied.
    const bytes = Math.min(size, maxBytes + 1 - total);
    const part = total === 0 && bytes <= space.length ? space.subarray(0, bytes) : Buffer.allocUnsafe(bytes);
    const length = fill(fd, part);
    total += length;
    if (total > maxBytes) return { kind: 'tooLarge', bytes: total };
    if (length === part.length) full.push(part);
    else {
      const last = part.subarray(0, length);
      return { kind: 'bytes', bytes: full.length === 0 ? last : Buffer.concat([...full, last]) };
    }
  }
}

/** Reads until the buffer is full or the file ends. Returns how many bytes came. */
function fill(fd: number, buffer: Buffer): number {
  let length = 0;
  while (length < buffer.length) {
    const more = readSync(fd, buffer, length, buffer.length - length, null);
    if (more === 0) break;
    length += more;
  }
  return length;
}

function segmentsOf(path: string): string[] {
  const segments = path.split('/');
  const isOdd = (segment: string): boolean => segment === '' || segment === '.' || segment === '..';
  if (segments.some(isOdd) || path.includes('\0'))
    throw new LeavesRootError(path, 'it is not a plain relative path');
  if (process.platform === 'win32' && /[\\:]/u.test(path))
    throw new LeavesRootError(path, 'it names a drive or a stream');
  return segments;
}

function openFolder(
  location: string,
  path: string,
  prepare: ((location: string) => void) | undefined,
): number {
  try {
    return openSync(checkedFolder(location, path), folderFlags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ELOOP' || code === 'ENOTDIR')
      throw new LeavesRootError(path, 'a folder on its way is a link or a file');
    if (code !== 'ENOENT' || prepare === undefined) throw error;
    prepare(location);
    return openSync(checkedFolder(location, path), folderFlags);
  }
}

/** Windows opens no folders: links are looked for on the way, and a swap after that is not seen. */
function walkByName(
  root: string,
  segments: readonly string[],
  on: { readonly path: string; readonly prepare: ((location: string) => void) | undefined },
): string {
  let location = root;
  for (const segment of segments) {
    location = join(location, segment);
    const found = lstatSync(location, { throwIfNoEntry: false });
    if (found === undefined) on.prepare?.(location);
    else if (!found.isDirectory())
      throw new LeavesRootError(on.path, 'a folder on its way is a link or a file');
  }
  return location;
}

/** Where O_NOFOLLOW does not tell a link from a file that is no folder, the link is looked for first. */
function checkedFolder(location: string, path: string): string {
  if (lstatSync(location).isSymbolicLink()) throw new LeavesRootError(path, 'a folder on its way is a link');
  return location;
}

/**
 * On Linux the open folder itself, whatever happens to its name. Elsewhere its real path, checked to be the one that
 * was walked: a swap after that is not seen.
 */
function locationOf(fd: number, walked: string): string {
  if (process.platform === 'linux') return `/proc/self/fd/${fd}`;
  const real = realpathSync(walked);
  const [now, opened] = [lstatSync(real), fstatSync(fd)];
  if (now.ino !== opened.ino || now.dev !== opened.dev)
    throw new LeavesRootError(walked, 'it was replaced meanwhile');
  return real;
}

/** Makes a folder for `openParent`; one that somebody made meanwhile is as good. */
export function makeFolder(location: string): void {
  try {
    mkdirSync(location);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
