import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isUtf8 } from 'node:buffer';
import type { FileRead, Files } from '../engine/ports/files.ts';
import { listGitFiles, type GoneFiles } from './gitFiles.ts';
import { openParentIfThere, readPlainFile, type PlainRead } from './noFollow.ts';
import { SharedLoop } from './sharedLoop.ts';
import { dependencyFolders, walkFiles, type WalkOptions } from './walkFiles.ts';

const defaultMaxBytes = 1024 * 1024;

/** Workspace folders on the disk. */
export class DiskFiles implements Files {
  readonly #loop = new SharedLoop();

  async read(root: string, path: string, signal: AbortSignal, maxBytes = defaultMaxBytes): Promise<FileRead> {
    // A file is read in one go, and a folder may hold thousands of rules.
    await this.#loop.share();
    signal.throwIfAborted();
    const place = resolveInside(root, path);
    if (place.kind !== 'inside') return place;
    try {
      return readInside(place, maxBytes);
    } catch (error) {
      return { kind: 'unreadable', message: `${path} cannot be read: ${(error as Error).message}` };
    }
  }

  async list(
    root: string,
    signal: AbortSignal,
    within?: readonly string[],
    gone?: GoneFiles,
  ): Promise<readonly string[]> {
    return listSources(root, signal, within, gone);
  }

  async listRules(root: string, signal: AbortSignal): Promise<readonly string[]> {
    return (await walkFiles(root, { into: 'all', accepts: isRuleFile }, signal)).toSorted();
  }

  async linkTo(root: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    const segments = path.split('/');
    return segments
      .map((_, index) => segments.slice(0, index + 1).join('/'))
      .find((place) => isLink(join(root, place)));
  }

  async exists(root: string, path: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return resolveInside(root, path).kind === 'inside';
  }
}

/** What `Files.list` gives: git's list with nested repositories walked, or a walk where there is no git. */
export async function listSources(
  root: string,
  signal: AbortSignal,
  within?: readonly string[],
  gone?: GoneFiles,
): Promise<readonly string[]> {
  const listed = await listGitFiles(root, signal, within, gone);
  if (listed === undefined) return (await walkFiles(root, walkOptions(within), signal)).toSorted();
  const nested = new Set(within?.filter((path) => liesInNestedRepository(root, path)));
  const walked = nested.size === 0 ? [] : await walkFiles(root, walkOptions([...nested]), signal);
  return addNested(root, [...listed, ...walked], signal);
}

function walkOptions(within: readonly string[] | undefined): WalkOptions {
  return within === undefined ? { into: 'sources' } : { into: 'sources', within };
}

/** Git does not look into a repository inside the repository. */
function liesInNestedRepository(root: string, path: string): boolean {
  const names = path.split('/').slice(0, -1);
  return names.some((_, index) => existsSync(join(root, ...names.slice(0, index + 1), '.git')));
}

async function addNested(
  root: string,
  listed: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const files = listed.filter((path) => !path.endsWith('/'));
  for (const folder of listed.filter((path) => path.endsWith('/'))) {
    const nested = await walkFiles(join(root, folder), { into: 'sources' }, signal);
    files.push(...nested.map((path) => folder + path));
  }
  return files.filter((path) => !isOfDependency.test(path)).toSorted();
}

/** Some segment of the path is the name of such a folder. */
const isOfDependency = new RegExp(
  `(?:^|/)(?:${[...dependencyFolders].map((name) => name.replaceAll('.', '\\.')).join('|')})(?:/|$)`,
  'u',
);

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    // A file stands where a folder would be: nothing is reached by it.
    return false;
  }
}

interface Inside {
  readonly kind: 'inside';
  /** Real path of the root. */
  readonly root: string;
  /** Relative to it, without links; empty for the root itself. */
  readonly path: string;
}

type Place = Inside | Extract<FileRead, { kind: 'missing' | 'unreadable' }>;

/** The real path of a file, links resolved, if it lies inside the root. */
function resolveInside(root: string, path: string): Place {
  if (path === '' || isAbsolute(path) || path.includes('\0') || path.split('/').includes('..'))
    return leaves(path);
  try {
    // The system's own: many times faster than the walk in JavaScript, and asked for each file.
    const real = realpathSync.native(root);
    const rest = relative(real, realpathSync.native(join(root, path)));
    if (rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest)) return leaves(path);
    return { kind: 'inside', root: real, path: rest.split(sep).join('/') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', message: `${path} cannot be read: ${(error as Error).message}` };
  }
}

/** Goes down from the root again without following links, so that a swap after `resolveInside` changes nothing. */
function readInside(place: Inside, maxBytes: number): FileRead {
  if (place.path === '') return toFileRead({ kind: 'notPlain' });
  const parent = openParentIfThere(place.root, place.path);
  if (parent === undefined) return { kind: 'missing' };
  try {
    return toFileRead(readPlainFile(join(parent.location, parent.name), maxBytes));
  } finally {
    parent.close();
  }
}

function leaves(path: string): Place {
  return { kind: 'unreadable', message: `${path} leads out of the workspace folder.` };
}

function toFileRead(read: PlainRead): FileRead {
  switch (read.kind) {
    case 'bytes':
      return isUtf8(read.bytes) && !read.bytes.includes(0)
        ? { kind: 'text', text: read.bytes.toString('utf8') }
        : { kind: 'binary' };
    case 'notPlain':
      return { kind: 'unreadable', message: 'It is a folder or a device, not a file.' };
    case 'missing':
    case 'tooLarge':
      return read;
  }
}

function isRuleFile(name: string): boolean {
  return name.endsWith('.mdc') || name.endsWith('.mdc.md') || name === 'RULE.md' || name === '.cursorrules';
}
