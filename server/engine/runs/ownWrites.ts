import type { Digest } from '../ports/digest.ts';

/** What we wrote ourselves, told by content: an event that shows exactly this text is our own echo and fires nothing. */
export class OwnWrites {
  readonly #digests = new Map<string, string>();
  readonly #digest: Digest;

  constructor(digest: Digest) {
    this.#digest = digest;
  }

  note(root: string, path: string, text: string | undefined): void {
    const key = `${root}\n${path}`;
    if (text === undefined) this.#digests.delete(key);
    else this.#digests.set(key, this.#digest(text));
  }

  /** Until somebody else's text is seen there; a person who saves our text again, unchanged, changes nothing either. */
  isEcho(root: string, path: string, text: string): boolean {
    const key = `${root}\n${path}`;
    const own = this.#digests.get(key);
    if (own === undefined) return false;
    if (own === this.#digest(text)) return true;
    this.#digests.delete(key);
    return false;
  }
}
