import type { Clock } from '../ports/clock.ts';

/** More changes than this within `burstMs` are one: another program did something large, such as `git checkout`. */
export const maxSingle = 50;
export const burstMs = 2_000;

/** Tells apart single changes by other programs and many at once. One per folder. */
export class DiskBursts {
  readonly #clock: Clock;
  #times: readonly number[] = [];
  #inBurst = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a large change goes on, as far as is known. */
  get isLarge(): boolean {
    return this.#inBurst;
  }

  /** Notes so many changes. `began`: with these the change became a large one, which it stays until there is quiet. */
  note(count: number): 'single' | 'began' | 'goesOn' {
    const now = this.#clock.now();
    const last = this.#times.at(-1);
    // A clock that jumps back would keep old times for ever.
    if (last !== undefined && (now - last > burstMs || now < last)) {
      this.#times = [];
      this.#inBurst = false;
    }
    const added = Array.from({ length: Math.min(count, maxSingle + 1) }, () => now);
    this.#times = [...this.#times.filter((at) => now - at <= burstMs), ...added].slice(-(maxSingle + 1));
    if (this.#inBurst) return 'goesOn';
    this.#inBurst = this.#times.length > maxSingle;
    return this.#inBurst ? 'began' : 'single';
  }
}
