import type { ModelFault } from '../../engine/ports/models.ts';

export interface WireLimits {
  readonly timeoutMs: number;
  /** Longest silence after the first event. */
  readonly idleMs: number;
}

type StopReason = 'cancelled' | 'timeout' | 'stalled';

/** A silence is found out at most one of these parts of it too late. */
const looksPerSilence = 8;

/** Says once when the caller gives up, time is over or the endpoint falls silent. */
export class AnswerWatch {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #limits: WireLimits;
  readonly #onStop: () => void;
  #timer: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Whether the endpoint is waited for, not the reader. */
  #isIdle = false;
  #silentLooks = 0;
  #reason: StopReason | undefined;

  constructor(limits: WireLimits, caller: AbortSignal, onStop: () => void) {
    this.#limits = limits;
    this.#caller = caller;
    this.#onStop = onStop;
  }

  /** For the request; aborts with the watch. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  start(): void {
    if (this.#caller.aborted) return this.#onAbort();
    this.#timer = setTimeout(() => this.#stop('timeout'), this.#limits.timeoutMs);
    this.#caller.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** An event is waited for, no longer than an endpoint may be silent. */
  expect(): void {
    this.#isIdle = true;
    this.#idle ??= setInterval(() => this.#look(), this.#limits.idleMs / looksPerSilence);
  }

  arrived(): void {
    this.#isIdle = false;
    this.#silentLooks = 0;
  }

  /** A timer of its own for each event would cost a long answer more than its text. */
  #look(): void {
    if (!this.#isIdle) return;
    this.#silentLooks += 1;
    if (this.#silentLooks > looksPerSilence) this.#stop('stalled');
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
    clearInterval(this.#idle);
    this.#caller.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }

  readonly #onAbort = (): void => this.#stop('cancelled');

  #stop(reason: StopReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller.abort();
    this.#onStop();
  }
}
