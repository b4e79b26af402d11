import type { ModelDone, ModelEvent, ModelFault, ToolCall } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { AnswerWatch, type WireLimits } from './answerWatch.ts';
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

export interface StreamOptions extends WireLimits {
  /** What a fault means now that the call is over. Never rejects. */
  readonly settle: (fault: ModelFault) => Promise<ModelFault>;
}

/** Streams an answer: its parts, then exactly one final event. Never throws; an abort or a limit ends it at once. */
export function streamAnswer<Chunk>(
  wire: WireAnswer<Chunk>,
  options: StreamOptions,
  signal: AbortSignal,
): AsyncIterable<ModelEvent, undefined> {
  return { [Symbol.asyncIterator]: () => new AnswerEvents(wire, options, signal) };
}

type Step = IteratorResult<ModelEvent, undefined>;

const over: Step = { done: true, value: undefined };

/**
 * No generator: of an answer of thousands of parts each would wait some turns of the event loop longer, and one promise for
 * each is what a stream that can be stopped at any moment needs.
 */
class AnswerEvents<Chunk> implements AsyncIterator<ModelEvent, undefined> {
  readonly #wire: WireAnswer<Chunk>;
  readonly #settle: StreamOptions['settle'];
  readonly #watch: AnswerWatch;
  #phase: 'new' | 'reading' | 'settling' | 'ended' = 'new';
  #chunks: AsyncIterator<Chunk> | undefined;
  #hasBegun = false;
  /** What is told once nothing more is read. */
  readonly #last: ModelEvent[] = [];
  #pending: Promise<Step> | undefined;
  #tell: ((step: Step) => void) | undefined;

  constructor(wire: WireAnswer<Chunk>, options: StreamOptions, signal: AbortSignal) {
    this.#wire = wire;
    this.#settle = options.settle;
    this.#watch = new AnswerWatch(options, signal, () => this.#fail(undefined));
  }

  next(): Promise<Step> {
    // Readers ask for one event at a time; one who does not is answered in order.
    if (this.#tell && this.#pending) return this.#pending.then(() => this.next());
    const pending = new Promise<Step>((resolve) => {
      this.#tell = resolve;
    });
    this.#pending = pending;
    this.#advance();
    return pending;
  }

  /** The reader leaves. */
  return(): Promise<Step> {
    this.#phase = 'ended';
    this.#last.length = 0;
    this.#watch.close();
    this.#answer(over);
    return Promise.resolve(over);
  }

  #advance(): void {
    switch (this.#phase) {
      case 'new':
        this.#phase = 'reading';
        this.#watch.start();
        // An abort has ended it before it began.
        if (this.#isReading()) this.#wire.open(this.#watch.signal).then(this.#onOpened, this.#onError);
        return;
      case 'reading':
        this.#pull();
        return;
      case 'settling':
        return;
      case 'ended':
        this.#answerLast();
    }
  }

  readonly #onOpened = (opened: AsyncIterable<Chunk> | ModelFault): void => {
    if (!this.#isReading()) return;
    if ('type' in opened) return this.#end(opened);
    try {
      this.#chunks = opened[Symbol.asyncIterator]();
      this.#pull();
    } catch (error) {
      this.#fail(error);
    }
  };

  #pull(): void {
    // The first event may take as long as the whole call, since a local model is loaded first; later ones may not.
    if (this.#hasBegun) this.#watch.expect();
    this.#chunks?.next().then(this.#onStep, this.#onError);
  }

  readonly #onStep = (step: IteratorResult<Chunk>): void => {
    this.#hasBegun = true;
    this.#watch.arrived();
    if (!this.#isReading()) return;
    try {
      const part = step.done ? undefined : this.#wire.read(step.value);
      const hasText = part !== undefined && part.text !== '';
      if (step.done || this.#wire.hasEnded()) {
        if (hasText) this.#last.push(part);
        this.#end(finishOf(this.#wire) ?? withUsage(cutOff, this.#wire.usage()));
      } else if (hasText) this.#answer({ done: false, value: part });
      else this.#pull();
    } catch (error) {
      this.#fail(error);
    }
  };

  readonly #onError = (error: unknown): void => this.#fail(error);

  #isReading(): boolean {
    return this.#phase === 'reading';
  }

  #fail(error: unknown): void {
    if (this.#isReading()) this.#end(this.#finalOf(error));
  }

  /** A stream that breaks or falls silent after it has told why it stopped is whole. */
  #finalOf(error: unknown): ModelDone | ModelFault {
    const stopped = this.#watch.fault();
    try {
      const usage = this.#wire.usage();
      if (stopped && stopped.code !== 'model.stalled') return withUsage(stopped, usage);
      return finishOf(this.#wire) ?? withUsage(stopped ?? this.#wire.toFault(error), usage);
    } catch {
      // What was sent is so odd that it cannot even be told.
      return stopped ?? cutOff;
    }
  }

  #end(final: ModelDone | ModelFault): void {
    if (final.type === 'done') {
      this.#conclude(final);
      return;
    }
    this.#phase = 'settling';
    void this.#settle(final).then((settled) => this.#conclude(settled));
  }

  /** Calls are told whole and at the end, since the input of one that was cut is no JSON. */
  #conclude(final: ModelDone | ModelFault): void {
    // The reader has left in the meantime.
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#watch.close();
    if (final.type === 'done')
      for (const call of final.toolCalls ?? []) this.#last.push({ type: 'toolCall', call });
    this.#last.push(final);
    if (this.#tell) this.#answerLast();
  }

  #answerLast(): void {
    const event = this.#last.shift();
    this.#answer(event ? { done: false, value: event } : over);
  }

  #answer(step: Step): void {
    const tell = this.#tell;
    this.#tell = undefined;
    tell?.(step);
  }
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
