import type { Files } from '../../ports/files.ts';
import { createWorkspacePaths, type EditableWorkspacePaths, type WorkspacePaths } from './workspacePaths.ts';

/** The files of a workspace folder, listed when somebody first asks, and then followed. */
export interface FolderPaths {
  /** Without waiting; undefined until they were loaded. The same object goes on being kept up to date. */
  known(): WorkspacePaths | undefined;
  /** Those who ask at the same time share one listing; it is stopped when all of them have aborted. Rejects then. */
  load(signal: AbortSignal): Promise<WorkspacePaths>;
}

/** Files or folders that came or went, relative to the workspace folder. A rename is both. */
export interface PathChanges {
  readonly created: readonly string[];
  readonly deleted: readonly string[];
}

export interface FollowedPaths extends FolderPaths {
  /**
   * Looks only at what is named, and only if the files were loaded or are being loaded. Resolves to whether there are
   * other files now. After an abort, or when they cannot be listed, all is listed anew for the next who asks.
   */
  follow(changes: PathChanges, signal: AbortSignal): Promise<boolean>;
}

export function createFolderPaths(files: Files, root: string): FollowedPaths {
  return new ListedPaths(files, root);
}

interface Listing {
  readonly abort: AbortController;
  readonly paths: Promise<EditableWorkspacePaths>;
  waiting: number;
}

class ListedPaths implements FollowedPaths {
  readonly #files: Files;
  readonly #root: string;
  #paths: EditableWorkspacePaths | undefined;
  #listing: Listing | undefined;
  /** Changes are taken in one after the other, since a later one may undo an earlier one. */
  #following: Promise<unknown> = Promise.resolve();

  constructor(files: Files, root: string) {
    this.#files = files;
    this.#root = root;
  }

  known(): WorkspacePaths | undefined {
    return this.#paths;
  }

  async load(signal: AbortSignal): Promise<WorkspacePaths> {
    signal.throwIfAborted();
    if (this.#paths !== undefined) return this.#paths;
    const listing = (this.#listing ??= this.#list());
    listing.waiting += 1;
    const leave = (): void => {
      listing.waiting -= 1;
      if (listing.waiting > 0) return;
      listing.abort.abort();
      if (this.#listing === listing) this.#listing = undefined;
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const paths = await listing.paths;
      signal.throwIfAborted();
      return paths;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async follow(changes: PathChanges, signal: AbortSignal): Promise<boolean> {
    const listing = this.#listing;
    if (this.#paths === undefined && listing === undefined) return false;
    const seen = { created: changes.created.filter(isSeen), deleted: changes.deleted.filter(isSeen) };
    if (seen.created.length + seen.deleted.length === 0) return false;
    const taken = this.#following.then(async () => {
      const paths = this.#paths ?? (await listing?.paths.catch(() => undefined));
      return paths !== undefined && this.#take(paths, seen, signal);
    });
    this.#following = taken;
    return taken;
  }

  #list(): Listing {
    const abort = new AbortController();
    const list = async (): Promise<EditableWorkspacePaths> => {
      try {
        const listed = await this.#files.list(this.#root, abort.signal);
        abort.signal.throwIfAborted();
        this.#paths = createWorkspacePaths(listed.filter(isSeen));
        return this.#paths;
      } finally {
        if (this.#listing === listing) this.#listing = undefined;
      }
    };
    const listing: Listing = { abort, paths: list(), waiting: 0 };
    return listing;
  }

  async #take(paths: EditableWorkspacePaths, changes: PathChanges, signal: AbortSignal): Promise<boolean> {
    const { created, deleted } = changes;
    try {
      if ([...created, ...deleted].some(changesIgnored)) {
        const listed = await this.#files.list(this.#root, signal);
        signal.throwIfAborted();
        return replaceAll(paths, listed.filter(isSeen));
      }
      const removed = deleted.map((path) => paths.remove(path));
      const found = created.length === 0 ? [] : await this.#files.list(this.#root, signal, created);
      signal.throwIfAborted();
      const added = found.filter(isSeen).map((path) => paths.add(path));
      return [...removed, ...added].includes(true);
    } catch {
      if (this.#paths === paths) this.#paths = undefined;
      return true;
    }
  }
}

function replaceAll(paths: EditableWorkspacePaths, listed: readonly string[]): boolean {
  const kept = new Set(listed);
  const removed = paths.all().filter((path) => !kept.has(path));
  for (const path of removed) paths.remove(path);
  const added = listed.map((path) => paths.add(path));
  return removed.length > 0 || added.includes(true);
}

/** No rule looks there, and tools write there all the time. */
function isSeen(path: string): boolean {
  return !/(?:^|\/)(?:\.git|\.codegen-lab|node_modules)(?:\/|$)/.test(path);
}

function changesIgnored(path: string): boolean {
  return path === '.gitignore' || path.endsWith('/.gitignore');
}
