import type { Digest } from '../ports/digest.ts';

/** What we wrote ourselves, told by content: an event that shows exactly this text is our own echo and fires nothing. */
export class OwnWrites {
  readonly #digests = new Map<string, string>();
  readonly #digest: Digest;

  constructor(digest: Digest) {
    this.#digest = digest;
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
