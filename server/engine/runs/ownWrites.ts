import type { Digest } from '../ports/digest.ts';

/** What we wrote ourselves, told by content: an event that shows exactly this text is our own echo and fires nothing. */
export class OwnWrites {
  readonly #digests = new Map<string, string>();
  readonly #digest: Digest;

  constructor(digest: Digest) {
    this.#digest = digest;
  }

  /** Commands of ours that work in a folder now, and may write anything there. */
  readonly #working = new Map<string, Set<Promise<unknown>>>();

  /** What `work` writes in the folder is known when it ends; `settled` waits for that. */
  async during<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
    const going = work();
    const all = this.#working.get(root) ?? new Set();
    this.#working.set(root, all.add(going));
    try {
      return await going;
    } finally {
      all.delete(going);
      if (all.size === 0) this.#working.delete(root);
    }
  }

  /** Resolves when it is known what commands that work in the folder now have written; undefined: none does. */
  settled(root: string): Promise<unknown> | undefined {
    const all = this.#working.get(root);
    return all && Promise.allSettled(all);
  }

  /** `text` undefined: the file is deleted. */
  note(root: string, path: string, text: string | undefined): void {
    this.#digests.set(`${root}\n${path}`, this.#digestOf(text));
  }

  /** It was not written after all. */
  forget(root: string, path: string): void {
    this.#digests.delete(`${root}\n${path}`);
  }

  /** Until somebody else's text is seen there; a person who saves our text again, unchanged, changes nothing either. */
  isEcho(root: string, path: string, text: string | undefined): boolean {
    const key = `${root}\n${path}`;
    const own = this.#digests.get(key);
    if (own === undefined) return false;
    if (own === this.#digestOf(text)) return true;
    this.#digests.delete(key);
    return false;
  }

  #digestOf(text: string | undefined): string {
    return text === undefined ? gone : this.#digest(text);
  }
}

/** No digest is this. */
const gone = '';
