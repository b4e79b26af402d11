import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work that never waits may go on before others have a turn, in milliseconds. */
const sliceMs = 10;

/** Lets others have a turn of the event loop in the middle of much work that never waits, such as reading a thousand files. */
export class SharedLoop {
  #began: number | undefined;

  /** Resolves at once while the turn is young, else with the next one. */
  async share(): Promise<void> {
    const now = performance.now();
    if (this.#began === undefined) {
      this.#began = now;
      setImmediate(() => (this.#began = undefined)).unref();
    } else if (now - this.#began > sliceMs) await nextTurn();
  }
}
