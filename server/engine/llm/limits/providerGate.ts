import type { Clock } from '../../ports/clock.ts';
import {
  closedCircuit,
  longestOpenMs,
  nextCircuit,
  type CircuitEvent,
  type CircuitState,
} from './circuit.ts';
import { FairLine } from './fairLine.ts';
import type { GateAnswer, GateEntry, GateRequest, GateResult } from './gate.ts';
import { RateWindow } from './rateWindow.ts';

export interface GateState {
  readonly circuit: CircuitState;
  readonly running: number;
  readonly waiting: number;
}

interface Waiter {
  readonly request: GateRequest;
  readonly settle: (answer: GateAnswer) => void;
}

/** A wish of an endpoint is followed so long and no longer. */
const longestRestMs = 60_000;

/** The gate of one provider. */
export class ProviderGate {
  readonly #clock: Clock;
  readonly #onDidChange: () => void;
  readonly #line = new FairLine<Waiter>();
  readonly #window = new RateWindow();
  #circuit: CircuitState = closedCircuit;
  #running = 0;
  #restsUntil = 0;
  /** Stops the sleep until the next one may pass. */
  #alarm: AbortController | undefined;

  constructor(clock: Clock, onDidChange: () => void) {
    this.#clock = clock;
    this.#onDidChange = onDidChange;
  }

  get state(): GateState {
    return { circuit: this.#circuit, running: this.#running, waiting: this.#line.length };
  }

  enter(request: GateRequest, signal: AbortSignal): Promise<GateAnswer> {
    if (signal.aborted) return Promise.resolve({ kind: 'aborted' });
    return new Promise((resolve) => {
      const over = new AbortController();
      const waiter: Waiter = {
        request,
        settle: (answer) => {
          this.#line.remove(request.key, waiter);
          signal.removeEventListener('abort', onAbort);
          over.abort();
          resolve(answer);
        },
      };
      const onAbort = (): void => this.#giveUp(waiter, { kind: 'aborted' });
      signal.addEventListener('abort', onAbort, { once: true });
      this.#line.add(request.key, waiter);
      this.#pump();
      if (!over.signal.aborted) this.#expire(waiter, over.signal);
    });
  }

  #expire(waiter: Waiter, over: AbortSignal): void {
    void this.#clock.sleep(waiter.request.waitMs, over).then(() => {
      if (!over.aborted) this.#giveUp(waiter, { kind: 'late' });
    });
  }

  /** Whoever stood behind it may pass now. */
  #giveUp(waiter: Waiter, answer: GateAnswer): void {
    waiter.settle(answer);
    this.#pump();
  }

  /** Lets through whoever may pass now, and wakes again when the next one may. */
  #pump(): void {
    for (let waiter = this.#line.first(); waiter; waiter = this.#line.first()) {
      const now = this.#clock.now();
      if (this.#circuit.kind === 'open') {
        // A clock that was set back must not make a minute an hour, here and below.
        if (now < this.#circuit.until && this.#circuit.until - now <= longestOpenMs) {
          waiter.settle({ kind: 'open', until: this.#circuit.until });
          continue;
        }
        this.#move('probe');
        this.#admit(waiter, now);
        return;
      }
      // The others wait for what the probe shows.
      if (this.#circuit.kind === 'probing') return;
      const { limits, tokens } = waiter.request;
      if (this.#running >= limits.concurrency) return;
      this.#restsUntil = Math.min(this.#restsUntil, now + longestRestMs);
      const wait = Math.max(this.#restsUntil - now, this.#window.waitFor(tokens, limits, now));
      if (wait > 0) {
        this.#wakeAfter(wait);
        return;
      }
      this.#admit(waiter, now);
    }
  }

  #admit(waiter: Waiter, now: number): void {
    this.#line.shift();
    this.#running += 1;
    waiter.settle(this.#createEntry(this.#window.pass(waiter.request.tokens, now)));
  }

  #createEntry(correct: (tokens: number) => void): GateEntry {
    let left = false;
    return {
      kind: 'entered',
      leave: ({ health, tokens, restMs }: GateResult) => {
        if (left) return;
        left = true;
        this.#running -= 1;
        if (tokens !== undefined) correct(tokens);
        if (restMs !== undefined)
          this.#restsUntil = Math.max(
            this.#restsUntil,
            this.#clock.now() + Math.min(longestRestMs, Math.max(0, restMs)),
          );
        this.#move(health);
        this.#pump();
      },
    };
  }

  #move(event: CircuitEvent): void {
    const before = this.#circuit.kind;
    this.#circuit = nextCircuit(this.#circuit, event, this.#clock.now());
    if (before !== this.#circuit.kind) this.#onDidChange();
  }

  #wakeAfter(ms: number): void {
    this.#alarm?.abort();
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#clock.sleep(ms, alarm.signal).then(() => {
      if (!alarm.signal.aborted) this.#pump();
    });
  }
}
