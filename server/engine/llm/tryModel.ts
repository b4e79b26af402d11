import type { Clock } from '../ports/clock.ts';
import type { ModelDone, ModelEvent, ModelFault, ModelProvider, ModelRequest } from '../ports/models.ts';

export interface TryOptions {
  readonly provider: ModelProvider;
  readonly request: ModelRequest;
  readonly clock: Clock;
  readonly onText?: (part: string) => void;
  readonly signal: AbortSignal;
}

export type TryResult =
  /** `firstTokenAt`: by the clock; undefined when the text came only with the end. */
  | { readonly kind: 'done'; readonly done: ModelDone; readonly firstTokenAt?: number }
  /** `hadOutput`: the answer had begun, so the endpoint may bill it. */
  | { readonly kind: 'failed'; readonly fault: ModelFault; readonly hadOutput: boolean }
  | { readonly kind: 'cancelled' };

/**
 * One try. The provider's contract is enforced here: whatever it does (throws, hangs, ends without a final event, goes on
 * after it), there is one result, and an abort, the end of `timeoutMs` or a long silence in the middle of the answer ends the try at once.
 */
export async function tryModel(options: TryOptions): Promise<TryResult> {
  const { provider, request, clock, signal } = options;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let isOver = false;
  const watch = clock.sleep(request.timeoutMs, either).then(() => {
    if (!isOver) stop.abort();
  });
  const reading = new Reading(options);
  let isStalled = false;
  const silence = (async (): Promise<void> => {
    while (!either.aborted) {
      const since = reading.lastEventAt;
      const left = since === undefined ? longestSilenceMs : since + longestSilenceMs - clock.now();
      if (left <= 0) {
        isStalled = true;
        stop.abort();
      } else await clock.sleep(left, either);
    }
  })();
  try {
    const fault = await reading.read(provider.ask(request, either), either);
    if (signal.aborted) return { kind: 'cancelled' };
    if (stop.signal.aborted && fault)
      return reading.fail(isStalled ? stalledFault : timeoutFault(request.timeoutMs));
    return fault ? reading.fail(fault) : reading.finish();
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    return reading.fail(brokenFault(provider.id, error));
  } finally {
    isOver = true;
    stop.abort();
    await Promise.all([watch, silence]);
  }
}

/** In the middle of an answer, in milliseconds. Providers that watch their own streams do so earlier, and say more. */
const longestSilenceMs = 100_000;

class Reading {
  readonly #clock: Clock;
  #onText: ((part: string) => void) | undefined;
  #firstTokenAt: number | undefined;
  /** By the clock; undefined before the first part of the answer. */
  lastEventAt: number | undefined;
  #hadOutput = false;
  #done: ModelDone | undefined;

  constructor({ clock, onText }: TryOptions) {
    this.#clock = clock;
    this.#onText = onText;
  }

  /** Reads up to the first final event; undefined when that was `done`. */
  async read(events: AsyncIterable<ModelEvent>, signal: AbortSignal): Promise<ModelFault | undefined> {
    const iterator = events[Symbol.asyncIterator]();
    try {
      for (;;) {
        const step = await untilAborted(iterator.next(), signal);
        if (step === undefined) return abortFault;
        if (step.done) return endlessFault;
        const event = step.value;
        if (event.type === 'failed') return event;
        if (event.type === 'done') {
          this.#done = event;
          return undefined;
        }
        this.#take(event);
      }
    } finally {
      close(iterator);
    }
  }

  finish(): TryResult {
    if (!this.#done) return this.fail(endlessFault);
    return {
      kind: 'done',
      done: this.#done,
      ...(this.#firstTokenAt !== undefined && { firstTokenAt: this.#firstTokenAt }),
    };
  }

  fail(fault: ModelFault): TryResult {
    return { kind: 'failed', fault, hadOutput: this.#hadOutput };
  }

  #take(event: Exclude<ModelEvent, ModelDone | ModelFault>): void {
    this.#hadOutput = true;
    this.lastEventAt = this.#clock.now();
    this.#firstTokenAt ??= this.#clock.now();
    if (event.type === 'text') this.#show(event.text);
  }

  #show(part: string): void {
    try {
      this.#onText?.(part);
    } catch {
      // A view that cannot show the text must not cost the answer; it is not called again in this try.
      this.#onText = undefined;
    }
  }
}

/** Undefined when the signal aborts first; a late rejection of `promise` is then nobody's concern. */
async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** Not waited for: a provider that hangs also hangs here. */
function close(iterator: AsyncIterator<ModelEvent>): void {
  const closing = async (): Promise<void> => {
    await iterator.return?.();
  };
  closing().catch(() => {
    // The result is already known; a provider that fails while it cleans up changes nothing.
  });
}

const abortFault: ModelFault = {
  type: 'failed',
  code: 'model.cancelled',
  message: 'The call was cancelled.',
  retryable: false,
};

const stalledFault: ModelFault = {
  type: 'failed',
  code: 'model.stalled',
  message: 'The model sent nothing for a long time in the middle of its answer, so the answer was not used.',
  retryable: true,
};

const endlessFault: ModelFault = {
  type: 'failed',
  code: 'model.cut-off',
  message: 'The answer ended before it was complete, so it was not used.',
  retryable: true,
};

function timeoutFault(timeoutMs: number): ModelFault {
  return {
    type: 'failed',
    code: 'model.timeout',
    message: `The model did not finish within ${Math.ceil(timeoutMs / 1000)} s. Raise the time limit, or ask for less.`,
    retryable: false,
  };
}

/** Names the kind of error only: its text comes from code that had the key in its hands. */
function brokenFault(provider: string, error: unknown): ModelFault {
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    type: 'failed',
    code: 'model.bad-answer',
    message: `The provider "${provider}" failed unexpectedly (${kind}).`,
    retryable: false,
  };
}
