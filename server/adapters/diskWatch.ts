import { lstatSync, readdirSync, watch as watchFolder, type FSWatcher } from 'node:fs';
import { join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiskChanges, FolderWatch, WatchOrder } from '../engine/ports/folderWatch.ts';

export interface DiskWatchOptions {
  /** How the system is asked; it throws where it watches no more. */
  readonly watch?: (path: string, tell: (event: string, name: string | null) => void) => FSWatcher;
  /** How long changes are gathered, in milliseconds. */
  readonly gatherMs?: number;
  /** How often files are looked at where the system does not watch, in milliseconds. */
  readonly pollMs?: number;
}

/** Watches each folder that holds files, one by one: what version control ignores costs nothing, and links are not followed. */
export function createDiskWatch({
  watch = (path, tell) => watchFolder(path, tell),
  gatherMs = 100,
  pollMs = 1_000,
}: DiskWatchOptions = {}): FolderWatch {
  return {
    async watch(order, signal, ready) {
      const following = new Following(order, watch);
      await following.begin();
      ready();
      try {
        while (!signal.aborted) {
          await following.waitForHint(pollMs, signal);
          await sleep(gatherMs, undefined, { signal }).catch(() => undefined);
          if (!signal.aborted) await following.tell();
        }
      } finally {
        following.stop();
      }
    },
  };
}

/** Changed content changes at least one of these. */
type Stamp = string;

class Following {
  readonly #order: WatchOrder;
  readonly #watch: Required<DiskWatchOptions>['watch'];
  readonly #watchers = new Map<string, FSWatcher>();
  #stamps = new Map<string, Stamp>();
  /** Paths that something was told of, relative to the folder. */
  #hints = new Set<string>();
  #isPolling = false;
  #wake = (): void => undefined;

  constructor(order: WatchOrder, watch: Required<DiskWatchOptions>['watch']) {
    this.#order = order;
    this.#watch = watch;
  }

  async begin(): Promise<void> {
    const listed = await this.#order.list();
    this.#follow(listed);
    this.#stamps = stampAll(this.#order.root, listed);
  }

  /** Or until it is time to look again. */
  async waitForHint(pollMs: number, signal: AbortSignal): Promise<void> {
    if (this.#hints.size > 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.#isPolling ? setTimeout(resolve, pollMs) : undefined;
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.#wake = end;
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    });
  }

  async tell(): Promise<void> {
    const hints = this.#hints;
    this.#hints = new Set();
    const changes = await this.#compare(hints);
    const { created, changed, deleted } = changes;
    if (created.length + changed.length + deleted.length > 0) await this.#order.onChanges(changes);
  }

  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  async #compare(hints: ReadonlySet<string>): Promise<DiskChanges> {
    const { root } = this.#order;
    const isKnown = [...hints].every((path) => this.#stamps.has(path) && stampOf(root, path) !== undefined);
    if (isKnown && !this.#isPolling) return { created: [], deleted: [], changed: this.#restamp([...hints]) };
    const listed = new Set(await this.#order.list());
    const present = [...listed].filter((path) => this.#stamps.has(path) || stampOf(root, path) !== undefined);
    const created = present.filter((path) => !this.#stamps.has(path));
    const looked = this.#isPolling ? [...this.#stamps.keys()] : [...hints];
    const gone = [...this.#stamps.keys()].filter((path) => !listed.has(path));
    const vanished = looked.filter((path) => this.#stamps.has(path) && stampOf(root, path) === undefined);
    const deleted = [...new Set([...gone, ...vanished])];
    for (const path of deleted) this.#stamps.delete(path);
    const changed = this.#restamp(looked.filter((path) => this.#stamps.has(path)));
    this.#restamp(created);
    this.#followNew(hints);
    this.#follow(created);
    return { created, changed, deleted };
  }

  /** Those of which the content is another than before. */
  #restamp(paths: readonly string[]): readonly string[] {
    return paths.filter((path) => {
      const now = stampOf(this.#order.root, path);
      const before = this.#stamps.get(path);
      if (now === undefined || now === before) return false;
      this.#stamps.set(path, now);
      return true;
    });
  }

  /** The folders of these files, and those above. */
  #follow(paths: readonly string[]): void {
    const folders = new Set(['.']);
    for (const path of paths)
      for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder))
        folders.add(folder);
    for (const folder of folders) this.#watchFolder(folder);
  }

  /** A new folder may get its first file later; folders in it may have come before it was watched. */
  #followNew(paths: Iterable<string>): void {
    for (const path of paths) {
      if (this.#stamps.has(path) || this.#watchers.has(path) || isSeldomOurs(path)) continue;
      if (!isFolder(join(this.#order.root, path))) continue;
      this.#watchFolder(path);
      this.#followNew(namesIn(join(this.#order.root, path)).map((name) => posix.join(path, name)));
    }
  }

  #watchFolder(folder: string): void {
    if (this.#isPolling || this.#watchers.has(folder)) return;
    try {
      const watcher = this.#watch(join(this.#order.root, folder), (_event, name) =>
        this.#hint(name === null ? folder : posix.join(folder, name)),
      );
      watcher.on('error', (error) => this.#fail(folder, error));
      this.#watchers.set(folder, watcher);
      if (folder !== '.') this.#hint(folder);
    } catch (error) {
      this.#fail(folder, error);
    }
  }

  /** A folder that is gone is watched no more; where the system refuses, the files are looked at instead. */
  #fail(folder: string, error: unknown): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EPERM') return this.#hint(folder);
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.stop();
    this.#order.onPolling(message);
    this.#wake();
  }

  #hint(path: string): void {
    if (isSeldomOurs(path)) return;
    this.#hints.add(path);
    this.#wake();
  }
}

/** Where version control and tools write all the time. */
function isSeldomOurs(path: string): boolean {
  return /(?:^|\/)(?:\.git|\.codegen-lab|node_modules|\.venv)(?:\/|$)/.test(path);
}

function stampAll(root: string, paths: readonly string[]): Map<string, Stamp> {
  return new Map(
    paths.flatMap((path) => {
      const stamp = stampOf(root, path);
      return stamp === undefined ? [] : [[path, stamp] as const];
    }),
  );
}

/** undefined: it is no file, or it is gone. */
function stampOf(root: string, path: string): Stamp | undefined {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false, bigint: true });
  return found?.isFile() === true ? `${found.mtimeNs} ${found.size} ${found.ino}` : undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is gone already.
    return [];
  }
}

/** A link to one is none. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
