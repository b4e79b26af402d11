import type { FileRead } from '../../ports/files.ts';
import { foldersUpwards } from '../references/resolveReference.ts';
import type { KnownFiles } from './knownFiles.ts';

/** What was found out about a file. */
export type Looked =
  | { readonly kind: 'read'; readonly read: FileRead }
  | { readonly kind: 'exists'; readonly exists: boolean };

/** How much has to be known of a file. */
export type Wish = 'text' | 'existence';

/** What was found out about files that rules refer to, and what is still to be found out. */
export class LookedUpFiles implements KnownFiles {
  readonly #known = new Map<string, Looked>();
  /** That lie above a known file. */
  readonly #folders = new Set<string>();
  readonly #wanted = new Map<string, Wish>();

  read(path: string): FileRead | undefined {
    const known = this.#known.get(path);
    if (known?.kind === 'read') return known.read;
    // One that is not there needs no reading.
    if (known?.exists === false) return { kind: 'missing' };
    this.#wanted.set(path, 'text');
    return undefined;
  }

  exists(path: string): boolean | undefined {
    const known = this.#known.get(path);
    if (known?.kind === 'read') return known.read.kind !== 'missing';
    if (known === undefined && !this.#wanted.has(path)) this.#wanted.set(path, 'existence');
    return known?.exists;
  }

  /** Takes what is still to be found out; whoever takes it tells what came of it. */
  takeWanted(): ReadonlyMap<string, Wish> {
    const wanted = new Map(this.#wanted);
    this.#wanted.clear();
    return wanted;
  }

  get hasWanted(): boolean {
    return this.#wanted.size > 0;
  }

  /** A file or a folder changed: as much as was known of it, and of what lies in it, is to be found out again. */
  expire(path: string): void {
    this.#expireFile(path);
    if (!this.#folders.has(path)) return;
    for (const each of this.#known.keys()) if (each.startsWith(`${path}/`)) this.#expireFile(each);
  }

  #expireFile(path: string): void {
    const known = this.#known.get(path);
    if (known !== undefined) this.#wanted.set(path, known.kind === 'read' ? 'text' : 'existence');
  }

  /** Keeps what was found out. False if nothing is different from before. */
  learn(path: string, looked: Looked): boolean {
    const before = this.#known.get(path);
    this.#known.set(path, looked);
    if (before === undefined) for (const folder of foldersUpwards(path)) this.#folders.add(folder);
    if (before?.kind === 'read' && looked.kind === 'read') return !isSameRead(before.read, looked.read);
    return !(before?.kind === 'exists' && looked.kind === 'exists' && before.exists === looked.exists);
  }
}

function isSameRead(before: FileRead, after: FileRead): boolean {
  if (before.kind === 'text' && after.kind === 'text') return before.text === after.text;
  return before.kind === after.kind && before.kind !== 'text';
}
