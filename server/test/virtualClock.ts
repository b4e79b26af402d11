import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../engine/ports/clock.ts';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** A clock whose time passes only in `run`, and then as fast as the code under test allows. */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  /** Every sleep that was asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  #now: number;

  constructor(startsAt = Date.UTC(2026, 10, 21)) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        resolve();
      };
      const sleeper = { wakesAt: this.#now + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.wakesAt <= this.#now) sleeper.wake();
  }

  /** Waits for `promise`; whenever nothing else can go on, time jumps to the next sleeper. */
  async run<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    const maxJumps = 10_000;
    for (let jumps = 0; jumps < maxJumps; jumps++) {
      for (let turn = 0; turn < 3 && !isSettled; turn++) await setImmediate();
      if (isSettled) return promise;
      const next = Math.min(...[...this.#sleepers].map((sleeper) => sleeper.wakesAt));
      if (Number.isFinite(next)) this.advance(Math.max(0, next - this.#now));
    }
    throw new Error('The promise did not settle, although the virtual clock ran on.');
  }
}
