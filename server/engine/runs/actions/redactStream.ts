import { createRedactor } from '../../safety/redact.ts';

/** No line is held back longer than this, and no private key. */
const maxHeld = 16_384;
const mask = createRedactor([]);

/** Masks secrets in a text that comes in pieces: whole lines only, and a private key as one. */
export class RedactStream {
  #held = '';

  /** What may be shown now. */
  push(text: string): string {
    this.#held += text;
    const end = this.#endOfWhole();
    if (end === 0 && this.#held.length < maxHeld) return '';
    return this.#take(end === 0 ? this.#held.length : end);
  }

  end(): string {
    return this.#take(this.#held.length);
  }

  #take(end: number): string {
    const whole = this.#held.slice(0, end);
    this.#held = this.#held.slice(end);
    return mask(whole);
  }

  #endOfWhole(): number {
    const line = this.#held.lastIndexOf('\n') + 1;
    const key = this.#held.lastIndexOf('-----BEGIN ', line);
    const isOpen = key >= 0 && !this.#held.slice(key, line).includes('-----END ');
    return isOpen ? this.#held.lastIndexOf('\n', key) + 1 : line;
  }
}

/** The beginning and the end of what a command printed, with secrets masked, and how many characters were left out. */
export function excerptOutput(
  output: string,
  limit: number,
): { readonly text: string; readonly dropped: number } {
  const text = mask(output);
  if (text.length <= limit) return { text, dropped: 0 };
  const head = Math.floor(limit / 4);
  const tail = limit - head;
  const dropped = text.length - limit;
  return {
    text: `${text.slice(0, head)}\n[… ${dropped} characters left out …]\n${text.slice(-tail)}`.toWellFormed(),
    dropped,
  };
}
