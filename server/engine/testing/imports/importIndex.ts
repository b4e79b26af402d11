import type { Files } from '../../ports/files.ts';
import { createImportGraph, type ImportGraph } from './importGraph.ts';
import { tellsNames } from './projectNames.ts';
import { sourceLanguage } from './sourceImports.ts';

/** The import graphs of workspace folders, made when somebody first asks and then kept up to date. */
export interface ImportIndex {
  /** `paths`: the files of the folder as they are now. Reads only what came or changed. Rejects after an abort. */
  graph(root: string, paths: readonly string[], signal: AbortSignal): Promise<ImportGraph>;
  /** These files may have other texts now. */
  note(root: string, paths: Iterable<string>): void;
  forget(root: string): void;
}

export interface ImportIndexParts {
  readonly files: Pick<Files, 'read'>;
  /** undefined: whoever follows the folder tells of each change by `note`. Otherwise a text is read again unless its stamp is there and as it was. */
  readonly stamp?: (root: string, path: string) => string | undefined;
}

export function createImportIndex(parts: ImportIndexParts): ImportIndex {
  const folders = new Map<string, FolderIndex>();
  const folderOf = (root: string): FolderIndex => {
    const known = folders.get(root) ?? new FolderIndex(root, parts);
    folders.set(root, known);
    return known;
  };
  return {
    graph: (root, paths, signal) => folderOf(root).graph(paths, signal),
    note: (root, paths) => folders.get(root)?.note(paths),
    forget: (root) => void folders.delete(root),
  };
}

/** Reads that wait for the disk at the same time. */
const parallelReads = 32;

class FolderIndex {
  readonly #root: string;
  readonly #parts: ImportIndexParts;
  readonly #graph = createImportGraph();
  /** What each file was read as: its stamp, or empty where it has none. */
  readonly #known = new Map<string, string>();
  readonly #stale = new Set<string>();
  #paths: readonly string[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(root: string, parts: ImportIndexParts) {
    this.#root = root;
    this.#parts = parts;
  }

  note(paths: Iterable<string>): void {
    for (const path of paths) this.#stale.add(path);
  }

  /** One after the other: who comes second finds what the first has read. */
  graph(paths: readonly string[], signal: AbortSignal): Promise<ImportGraph> {
    const done = this.#turn.then(async () => {
      signal.throwIfAborted();
      this.#dropGone(paths);
      await this.#read(this.#toRead(paths), signal);
      this.#paths = paths;
      return this.#graph;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #dropGone(paths: readonly string[]): void {
    if (paths === this.#paths || this.#known.size === 0) return;
    const there = new Set(paths);
    for (const path of this.#known.keys()) {
      if (there.has(path)) continue;
      this.#known.delete(path);
      this.#stale.delete(path);
      this.#graph.remove(path);
    }
  }

  #toRead(paths: readonly string[]): readonly string[] {
    const { stamp } = this.#parts;
    if (stamp !== undefined) return paths.filter((path) => !this.#isAsRead(path, stamp(this.#root, path)));
    const changed = [...this.#stale].filter((path) => this.#known.has(path));
    return paths === this.#paths ? changed : [...changed, ...paths.filter((path) => !this.#known.has(path))];
  }

  #isAsRead(path: string, stamp: string | undefined): boolean {
    const known = this.#known.get(path);
    if (known === undefined) return false;
    return !isTelling(path) || (stamp !== undefined && known === stamp && !this.#stale.has(path));
  }

  async #read(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const left = [...paths].reverse();
    const readNext = async (): Promise<void> => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) {
        // Before the text: a change in between is seen the next time.
        this.#stale.delete(path);
        const stamp = this.#parts.stamp?.(this.#root, path) ?? '';
        const text = isTelling(path) ? await this.#textOf(path, signal) : undefined;
        if (signal.aborted) this.#stale.add(path);
        signal.throwIfAborted();
        this.#graph.set(path, text);
        this.#known.set(path, stamp);
      }
    };
    await Promise.all(Array.from({ length: parallelReads }, readNext));
  }

  async #textOf(path: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const read = await this.#parts.files.read(this.#root, path, signal);
      return read.kind === 'text' ? read.text : undefined;
    } catch (error) {
      this.#stale.add(path);
      throw error;
    }
  }
}

/** Of other files it is enough to know that they are there. */
function isTelling(path: string): boolean {
  return sourceLanguage(path) !== undefined || tellsNames(path);
}
