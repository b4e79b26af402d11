/** Counts crashes of the server and says when restarting it again would not help. */
export class CrashWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #crashes: readonly number[] = [];

  constructor(limit = 4, windowMs = 180_000) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Notes a crash at `now` (milliseconds); true while another start is worth trying. */
  record(now: number): boolean {
    this.#crashes = [...this.#crashes.filter((at) => now - at < this.#windowMs), now];
    return this.#crashes.length < this.#limit;
  }

  /** A person asked for a new start: earlier crashes count no more. */
  forget(): void {
    this.#crashes = [];
  }
}
