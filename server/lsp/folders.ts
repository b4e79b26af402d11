import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file as the engine knows it: the folder's absolute path, and the path inside it with `/`. */
export interface PlacedFile {
  readonly root: string;
  readonly path: string;
}

/** The open workspace folders: translates between the editor's URIs and the engine's paths. */
export class Folders {
  readonly #roots = new Set<string>();

  /** The folder's absolute path; undefined when it is none of this machine's disk. */
  add(uri: string): string | undefined {
    const root = localPath(uri);
    if (root !== undefined) this.#roots.add(root);
    return root;
  }

  remove(uri: string): string | undefined {
    const root = localPath(uri);
    if (root !== undefined) this.#roots.delete(root);
    return root;
  }

  roots(): readonly string[] {
    return [...this.#roots];
  }

  has(root: string): boolean {
    return this.#roots.has(root);
  }

  /** The innermost folder that holds the file; undefined for a file outside all of them. */
  place(uri: string): PlacedFile | undefined {
    return this.places(uri)[0];
  }

  /** Every folder that holds the file, the innermost first. */
  places(uri: string): readonly PlacedFile[] {
    const file = localPath(uri);
    if (file === undefined) return [];
    return this.roots()
      .filter((root) => file.startsWith(withSeparator(root)) && file.length > withSeparator(root).length)
      .toSorted((a, b) => b.length - a.length)
      .map((root) => ({ root, path: file.slice(withSeparator(root).length).split(sep).join('/') }));
  }
}

/** For the editor. It may spell the same URI otherwise: compare what `place` gives, not texts. */
export function uriOf(root: string, path: string): string {
  return pathToFileURL(withSeparator(root) + path.split('/').join(sep)).href;
}

/** The root of a disk ends with its separator already. */
function withSeparator(root: string): string {
  return root.endsWith(sep) ? root : root + sep;
}

/** undefined for another scheme, another machine, and what is no path at all. */
export function localPath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path;
  } catch {
    // A host, or an escaped separator, which no path of this machine can mean.
    return undefined;
  }
}
