import { TextDecoder } from 'node:util';

/**
 * What a process prints, of all its streams in the order of arrival, as text. Bytes beyond the limit are counted and
 * forgotten. Can be iterated by several readers, each from the start.
 */
export class BoundedOutput {
  readonly #limit: number;
  readonly #chunks: string[] = [];
  readonly #decoders = new Map<string, TextDecoder>();
  #kept = 0;
  #dropped = 0;
  #ended = false;
  #wake: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get dropped(): number {
    return this.#dropped;
  }

  text(): string {
    return this.#chunks.join('');
  }

  push(stream: string, bytes: Uint8Array): void {
    const room = this.#limit - this.#kept;
    this.#dropped += Math.max(0, bytes.length - room);
    if (room <= 0) return;
    const taken = bytes.subarray(0, room);
    this.#kept += taken.length;
    this.#append(this.#decoder(stream).decode(taken, { stream: true }));
  }

  end(): void {
    if (this.#ended) return;
    // A character that the limit cut in half is left out; one that the process cut shows as U+FFFD.
    if (this.#dropped === 0) for (const decoder of this.#decoders.values()) this.#append(decoder.decode());
    this.#ended = true;
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (let next = 0; ; next += 1) {
      while (next >= this.#chunks.length) {
        if (this.#ended) return;
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
      yield this.#chunks[next] ?? '';
    }
  }

  #append(text: string): void {
    if (text === '') return;
    this.#chunks.push(text);
    this.#notify();
  }

  #decoder(stream: string): TextDecoder {
    const known = this.#decoders.get(stream);
    if (known !== undefined) return known;
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    this.#decoders.set(stream, decoder);
    return decoder;
  }

  #notify(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}
