import type { ModelEvent, ModelFault } from '../../engine/ports/models.ts';

/**
 * A stream that begins when it is first read, or a fault instead. No generator of its own, and nothing between the stream and
 * its reader: that would cost an answer of thousands of parts turns of the event loop for every one of them.
 */
export function beginLate(
  begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>,
): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => new LateEvents(begin) };
}

class LateEvents implements AsyncIterator<ModelEvent, unknown> {
  readonly #begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>;
  #events: AsyncIterator<ModelEvent> | undefined;
  #isOver = false;

  constructor(begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>) {
    this.#begin = begin;
  }

  next(): Promise<IteratorResult<ModelEvent, unknown>> {
    return this.#events ? this.#events.next() : this.#start();
  }

  /** The reader leaves. */
  async return(): Promise<IteratorResult<ModelEvent, unknown>> {
    this.#isOver = true;
    await this.#events?.return?.();
    return over;
  }

  async #start(): Promise<IteratorResult<ModelEvent, unknown>> {
    if (this.#isOver) return over;
    const begun = await this.#begin();
    if ('type' in begun) {
      this.#isOver = true;
      return { done: false, value: begun };
    }
    this.#events = begun[Symbol.asyncIterator]();
    return this.#events.next();
  }
}

const over = { done: true, value: undefined } as const;
