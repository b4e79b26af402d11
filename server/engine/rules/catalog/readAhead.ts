/**
 * Reads what is asked for. What is asked for in one breath, or while something is being read, is one further piece of
 * work; what is asked for again meanwhile is read once more, and only that counts.
 */
export class ReadAhead<Result> {
  readonly #work: (paths: readonly string[]) => Promise<void>;
  readonly #finish: () => Result;
  readonly #waiting = new Set<string>();
  #running: Promise<Result> | undefined;

  /** `work` is never run twice at once. `finish` says what all of it came to. */
  constructor(work: (paths: readonly string[]) => Promise<void>, finish: () => Result) {
    this.#work = work;
    this.#finish = finish;
  }

  /** Whether a path that is being read was asked for again: then what comes of it is useless. */
  isWaiting(path: string): boolean {
    return this.#waiting.has(path);
  }

  /** Resolves when nothing waits any more, for all who asked alike. */
  add(paths: Iterable<string>): Promise<Result> {
    for (const path of paths) this.#waiting.add(path);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run(): Promise<Result> {
    await Promise.resolve();
    do {
      const paths = [...this.#waiting];
      this.#waiting.clear();
      await this.#work(paths);
    } while (this.#waiting.size > 0);
    return this.#finish();
  }
}
