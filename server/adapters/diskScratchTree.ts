import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  fchmodSync,
  fchownSync,
  type Dirent,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ScratchTree } from '../engine/ports/scratch.ts';
import { LeavesRootError, makeFolder, openParent, openParentIfThere, readPlainFile } from './noFollow.ts';
import { removeQuietly, sandboxUser } from './ownedFolders.ts';
import { findIgnored } from './gitFiles.ts';
import { copyLink, own, sourceStateOf, type SourceState } from './scratchCopy.ts';
import { walkFiles } from './walkFiles.ts';

/** A copy of a workspace on the disk, which what runs in it may have changed in any way. */
export interface ScratchPlace {
  /** Holds the copy and what belongs to it. */
  readonly folder: string;
  readonly location: string;
  readonly root: string;
  readonly dependencies: readonly string[];
  readonly sources: ReadonlyMap<string, SourceState>;
}

const maxFileBytes = 64 * 1024 * 1024;
/** Longer than the grain of file times. */
const grainMs = 12;

export class DiskScratchTree implements ScratchTree {
  readonly location: string;
  readonly root: string;
  readonly dependencies: readonly string[];
  readonly #place: ScratchPlace;
  /** Content at the beginning of files that were written since, and of unsaved buffers; undefined: there was none. */
  readonly #originals = new Map<string, Buffer | undefined>();
  /** Rights of files that were written, as they were before. */
  readonly #modes = new Map<string, number>();
  /** Change times of files that were put back as they were. */
  readonly #restored = new Map<string, number>();
  /** A file changed at this time or later is not as it was copied. Change times cannot be forged from a sandbox. */
  #sealedAt = Infinity;

  constructor(place: ScratchPlace) {
    this.#place = place;
    this.location = place.location;
    this.root = place.root;
    this.dependencies = place.dependencies;
  }

  /** Puts an unsaved buffer on top; only before `seal`. */
  async begin(path: string, text: string): Promise<void> {
    this.#put(path, Buffer.from(text));
    this.#originals.set(path, Buffer.from(text));
  }

  /** Ends the making of the copy: what changes from now on is a change. */
  async seal(): Promise<void> {
    const mark = join(this.#place.folder, 'sealed');
    await delay(grainMs);
    await writeFile(mark, '');
    this.#sealedAt = lstatSync(mark).ctimeMs;
  }

  async read(path: string): Promise<string | undefined> {
    return this.#read(path)?.toString('utf8');
  }

  async original(path: string): Promise<string | undefined> {
    return this.#original(path)?.toString('utf8');
  }

  async write(path: string, text: string | undefined): Promise<void> {
    if (!this.#originals.has(path)) this.#remember(path);
    this.#put(path, text === undefined ? undefined : Buffer.from(text));
  }

  async changed(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const begun = new Set([...this.#place.sources.keys(), ...this.#originals.keys()]);
    const present = await walkFiles(this.location, { into: 'sources' }, signal);
    const fresh = present.filter((path) => !begun.has(path));
    const ignored = await findIgnored(this.root, fresh, signal);
    const states = new Map<string, string>();
    for (const path of [...begun, ...fresh]) {
      if (ignored.has(path) || this.#isUntouched(path)) continue;
      const found = lstatSync(join(this.location, path), { throwIfNoEntry: false });
      states.set(path, found === undefined ? 'gone' : `${found.ino}:${found.size}:${found.ctimeMs}`);
    }
    return states;
  }

  async reset(): Promise<void> {
    this.#removeExtras('');
    const known = new Set([...this.#place.sources.keys(), ...this.#originals.keys()]);
    for (const path of known) if (!this.#isUntouched(path)) this.#restore(path);
  }

  async dispose(): Promise<void> {
    await removeQuietly(this.#place.folder);
  }

  #remember(path: string): void {
    this.#originals.set(path, this.#original(path));
    const source = lstatSync(join(this.root, path), { throwIfNoEntry: false });
    if (source?.isFile() === true) this.#modes.set(path, source.mode);
  }

  #original(path: string): Buffer | undefined {
    if (this.#originals.has(path)) return this.#originals.get(path);
    if (!this.#place.sources.has(path)) return undefined;
    if (this.#isUntouched(path)) return this.#read(path);
    return this.#fromWorkspace(path);
  }

  /** The workspace's file, as long as nobody changed it since it was copied. */
  #fromWorkspace(path: string): Buffer | undefined {
    const source = join(this.root, path);
    if (sourceStateOf(source) !== this.#place.sources.get(path)) {
      throw new Error(
        `${path} was changed both in the workspace and in the copy; the text that the run began with is lost. Run again.`,
      );
    }
    const read = readPlainFile(source, maxFileBytes);
    return read.kind === 'bytes' ? read.bytes : undefined;
  }

  #read(path: string): Buffer | undefined {
    const parent = openParentIfThere(this.location, path);
    if (parent === undefined) return undefined;
    try {
      const read = readPlainFile(join(parent.location, parent.name), maxFileBytes);
      if (read.kind === 'tooLarge') throw new Error(`${path} is too large to be read (${read.bytes} bytes).`);
      return read.kind === 'bytes' ? read.bytes : undefined;
    } finally {
      parent.close();
    }
  }

  #put(path: string, content: Buffer | undefined, mode?: number): void {
    if (this.dependencies.some((folder) => path === folder || path.startsWith(`${folder}/`))) {
      throw new LeavesRootError(path, 'it lies in a dependency folder');
    }
    const parent =
      content === undefined
        ? openParentIfThere(this.location, path)
        : openParent(this.location, path, makeOwned);
    if (parent === undefined) return;
    try {
      replaceFile(join(parent.location, parent.name), content, mode);
    } finally {
      parent.close();
    }
  }

  #isUntouched(path: string): boolean {
    const found = lstatSync(join(this.location, path), { throwIfNoEntry: false });
    if (found === undefined) return this.#originals.has(path) && this.#originals.get(path) === undefined;
    const isAsCopied = this.#place.sources.has(path) || this.#originals.has(path);
    return isAsCopied && (found.ctimeMs < this.#sealedAt || this.#restored.get(path) === found.ctimeMs);
  }

  #restore(path: string): void {
    if (this.#originals.has(path)) this.#put(path, this.#originals.get(path), this.#modes.get(path));
    else this.#copyAgain(path);
    const now = lstatSync(join(this.location, path), { throwIfNoEntry: false });
    if (now !== undefined) this.#restored.set(path, now.ctimeMs);
  }

  #copyAgain(path: string): void {
    const source = join(this.root, path);
    const content = this.#fromWorkspace(path);
    if (content !== undefined) return this.#put(path, content, lstatSync(source).mode);
    const parent = openParent(this.location, path, makeOwned);
    try {
      const location = join(parent.location, parent.name);
      rmSync(location, { recursive: true, force: true });
      copyLink(this.root, path, location);
    } finally {
      parent.close();
    }
  }

  /** Deletes what was not there at the beginning; goes into no link and no dependency folder. */
  #removeExtras(folder: string): boolean {
    let isEmpty = true;
    for (const entry of readdirSync(join(this.location, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (this.dependencies.includes(path)) isEmpty = false;
      else if (!this.#removeExtra(path, entry)) isEmpty = false;
    }
    return isEmpty;
  }

  #removeExtra(path: string, entry: Dirent): boolean {
    const isKnown = this.#place.sources.has(path) || this.#originals.get(path) !== undefined;
    if (isKnown && !entry.isDirectory()) return false;
    const isFolderOfOurs = entry.isDirectory() && !isKnown && !this.#removeExtras(path);
    if (isFolderOfOurs) return false;
    rmSync(join(this.location, path), { recursive: true, force: true });
    return true;
  }
}

function makeOwned(location: string): void {
  makeFolder(location);
  own(location);
}

/** A new file in the place of whatever was there; the old one's rights stay. */
function replaceFile(location: string, content: Buffer | undefined, mode: number | undefined): void {
  const old = lstatSync(location, { throwIfNoEntry: false });
  if (old?.isDirectory() === true)
    throw new LeavesRootError(location.slice(dirname(location).length + 1), 'it is a folder');
  if (old !== undefined) unlinkSync(location);
  if (content === undefined) return;
  const fd = openSync(
    location,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o644,
  );
  try {
    writeFileSync(fd, content);
    const kept = mode ?? (old?.isFile() === true ? old.mode : undefined);
    if (kept !== undefined) fchmodSync(fd, kept & 0o777);
    if (process.getuid?.() === 0) fchownSync(fd, sandboxUser, sandboxUser);
  } finally {
    closeSync(fd);
  }
}
