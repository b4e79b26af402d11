import type { ModelDone, ModelEvent, ModelFault, ToolCall } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { maskKey } from './endpointText.ts';

/** One answer on the wire, as an SDK reads it. */
export interface WireAnswer<Chunk> {
  /** Sends the request; resolves when the answer begins, or to a fault if it cannot be sent. */
  open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault>;
  /** Takes one event of the wire; returns what to show of it. May throw on nonsense. */
  read(chunk: Chunk): WirePart | undefined;
  /** The final event once everything was read, or undefined while the reason for the stop is missing. */
  finish(): ModelDone | undefined;
  /** Nothing more is to come, whether or not the endpoint closes the stream. */
  hasEnded(): boolean;
  /** Counts so far; undefined when the endpoint has told none. */
  usage(): TokenUsage | undefined;
  toFault(error: unknown): ModelFault;
  /** What it was asked with; undefined: with none, or not yet. */
  key(): string | undefined;
}

export interface WirePart {
  readonly type: 'text' | 'thinking';
  readonly text: string;
}

export interface WireLimits {
  readonly timeoutMs: number;
  readonly idleMs: number;
}

export interface StreamOptions extends WireLimits {
  /** What a fault means now that the call is over. Never rejects. */
  readonly settle: (fault: ModelFault) => Promise<ModelFault>;
}

/** Streams an answer: its parts, then exactly one final event. Never throws; an abort or a limit ends it at once. */
export async function* streamAnswer<Chunk>(
  wire: WireAnswer<Chunk>,
  options: StreamOptions,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const watch = new Watch(options, signal);
  try {
    const opened = await watch.wait(wire.open(watch.signal));
    if ('type' in opened) {
      yield await options.settle(opened);
      return;
    }
    const iterator = opened[Symbol.asyncIterator]();
    // The first event may take as long as the whole call, since a local model is loaded first; later ones may not.
    let step = await watch.wait(iterator.next());
    while (!step.done) {
      const part = wire.read(step.value);
      if (part && part.text !== '') yield part;
      if (wire.hasEnded()) break;
      step = await watch.waitForNext(iterator.next());
    }
    yield* withCalls(finishOf(wire) ?? withUsage(cutOff, wire.usage()));
  } catch (error) {
    const final = finalOf(wire, watch, error);
    yield* withCalls(final.type === 'failed' ? await options.settle(final) : final);
  } finally {
    watch.close();
  }
}

/** Calls are told whole and at the end, since the input of one that was cut is no JSON. */
function* withCalls(final: ModelDone | ModelFault): Generator<ModelEvent> {
  if (final.type === 'done') for (const call of final.toolCalls ?? []) yield { type: 'toolCall', call };
  yield final;
}

/** A stream that breaks or falls silent after it has told why it stopped is whole. */
function finalOf<Chunk>(wire: WireAnswer<Chunk>, watch: Watch, error: unknown): ModelDone | ModelFault {
  const stopped = watch.fault();
  if (stopped && stopped.code !== 'model.stalled') return withUsage(stopped, wire.usage());
  return finishOf(wire) ?? withUsage(stopped ?? wire.toFault(error), wire.usage());
}

function finishOf<Chunk>(wire: WireAnswer<Chunk>): ModelDone | undefined {
  const done = wire.finish();
  if (!done) return undefined;
  const mask = (text: string): string => maskKey(text, wire.key());
  return {
    ...done,
    // An endpoint that tells what it was sent would put the key into files and recordings.
    text: mask(done.text),
    ...(done.toolCalls && {
      toolCalls: done.toolCalls.map((call) => ({ ...call, input: mask(call.input) })),
    }),
    // A call that was cut is none, whatever the endpoint says of it.
    stop: done.stop === 'tools' && !done.toolCalls?.every(isWhole) ? 'other' : done.stop,
    usage: isCounted(done) ? done.usage : uncounted,
  };
}

/** Counts that cannot be are none: negative ones would give the budget back what others have spent, and those of nothing are free. */
function isCounted({ usage, text, toolCalls = [] }: ModelDone): boolean {
  const { input, output, cacheRead, cacheWrite } = usage;
  return (
    [input, output, cacheRead, cacheWrite].every((count) => Number.isSafeInteger(count) && count >= 0) &&
    input + cacheRead + cacheWrite > 0 &&
    (output > 0 || (text === '' && toolCalls.length === 0))
  );
}

function isWhole({ input }: ToolCall): boolean {
  try {
    JSON.parse(input);
    return true;
  } catch {
    return false;
  }
}

/** Of several reasons for one end: one that leaves the answer incomplete is not taken back. */
export function laterStop(before: ModelDone['stop'] | undefined, now: ModelDone['stop']): ModelDone['stop'] {
  return before === undefined || before === 'complete' || before === 'tools' ? now : before;
}

export const uncounted: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: true };

/** Counts of an answer that did not end are a part of what is billed. */
function withUsage(fault: ModelFault, usage: TokenUsage | undefined): ModelFault {
  return usage ? { ...fault, usage: { ...usage, estimated: true } } : fault;
}

const cutOff: ModelFault = {
  type: 'failed',
  code: 'model.cut-off',
  message: 'The answer ended before it was complete, so it was not used.',
  retryable: true,
};

type StopReason = 'cancelled' | 'timeout' | 'stalled';

/** Ends every wait when the caller gives up, time is over or the endpoint falls silent. */
class Watch {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #limits: WireLimits;
  readonly #timer: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  /** Whether the endpoint is waited for, not the reader. */
  #isIdle = false;
  #reason: StopReason | undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(limits: WireLimits, caller: AbortSignal) {
    this.#limits = limits;
    this.#caller = caller;
    this.#timer = setTimeout(() => this.#stop('timeout'), limits.timeoutMs);
    if (caller.aborted) this.#onAbort();
    else caller.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** For the request; aborts with the watch. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is waited for, unless a stop comes first; what becomes of it then is nobody's concern. */
  wait<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#reason) reject(new Error(this.#reason));
      promise.then((value) => {
        this.#isIdle = false;
        resolve(value);
      }, reject);
    });
  }

  /** The same, for no longer than an endpoint may be silent. One timer serves a whole stream. */
  waitForNext<Value>(promise: Promise<Value>): Promise<Value> {
    this.#isIdle = true;
    if (this.#idle) this.#idle.refresh();
    else this.#idle = setTimeout(() => this.#isIdle && this.#stop('stalled'), this.#limits.idleMs);
    return this.wait(promise);
  }

  fault(): ModelFault | undefined {
    const seconds = (ms: number): number => Math.ceil(ms / 1000);
    switch (this.#reason) {
      case 'cancelled':
        return {
          type: 'failed',
          code: 'model.cancelled',
          message: 'The call was cancelled.',
          retryable: false,
        };
      case 'timeout': {
        const message = `The model did not finish within ${seconds(this.#limits.timeoutMs)} s. Raise the time limit, or ask for less.`;
        return { type: 'failed', code: 'model.timeout', message, retryable: false };
      }
      case 'stalled': {
        const message = `The model sent nothing for ${seconds(this.#limits.idleMs)} s in the middle of its answer.`;
        return { type: 'failed', code: 'model.stalled', message, retryable: true };
      }
      case undefined:
        return undefined;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#idle);
    this.#caller.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }

  readonly #onAbort = (): void => this.#stop('cancelled');

  #stop(reason: StopReason): void {
    this.#reason ??= reason;
    this.#controller.abort();
    this.#reject(new Error(reason));
  }
}
