import type { ModelEvent, ModelFault } from '../../engine/ports/models.ts';

/**
 * The events of a stream that begins when it is read, its fault as `settle` leaves it. No generator of its own: each would
 * cost a stream of thousands of parts several turns of the event loop for every one of them.
 */
export function settleFault(
  begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>,
  settle: (fault: ModelFault) => Promise<ModelFault>,
): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => new SettledEvents(begin, settle) };
}

class SettledEvents implements AsyncIterator<ModelEvent, undefined> {
  readonly #begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>;
  readonly #settle: (fault: ModelFault) => Promise<ModelFault>;
  #events: AsyncIterator<ModelEvent> | undefined;
  #isOver = false;

  constructor(
    begin: () => Promise<AsyncIterable<ModelEvent> | ModelFault>,
    settle: (fault: ModelFault) => Promise<ModelFault>,
  ) {
    this.#begin = begin;
    this.#settle = settle;
  }

  next(): Promise<IteratorResult<ModelEvent, undefined>> {
    if (this.#isOver) return Promise.resolve(over);
    return this.#events ? this.#read(this.#events) : this.#start();
  }

  /** The reader leaves. */
  async return(): Promise<IteratorResult<ModelEvent, undefined>> {
    this.#isOver = true;
    await this.#events?.return?.();
    return over;
  }

  async #start(): Promise<IteratorResult<ModelEvent, undefined>> {
    const begun = await this.#begin();
    if ('type' in begun) return this.#finish(begun);
    this.#events = begun[Symbol.asyncIterator]();
    return this.#read(this.#events);
  }

  #read(events: AsyncIterator<ModelEvent>): Promise<IteratorResult<ModelEvent, undefined>> {
    return events.next().then((step) => {
      if (step.done) return this.return();
      return step.value.type === 'failed'
        ? this.#settle(step.value).then((fault) => this.#finish(fault))
        : step;
    });
  }

  async #finish(fault: ModelFault): Promise<IteratorResult<ModelEvent, undefined>> {
    await this.return();
    return { done: false, value: fault };
  }
}

const over = { done: true, value: undefined } as const;
