import type { Clock } from '../ports/clock.ts';

/** One of the few places that running firings have. */
export interface Place {
  /** Gives the place to others as long as `wait` takes, such as for a person's answer. */
  lend<Answer>(wait: () => Promise<Answer>): Promise<Answer>;
}

export interface QueuedFiring {
  /** One entry per rule and file: a newer one takes the place of an older. */
  readonly key: string;
  /** How long the file must stay quiet first, in milliseconds. */
  readonly debounceMs: number;
  /** Runs the firing; never rejects. */
  readonly start: (place: Place) => Promise<unknown>;
  /** Ends the firing: a newer one replaces it, or nothing is to start any more. */
  readonly supersede: () => void;
}

interface Entry {
  readonly firing: QueuedFiring;
  readonly abort: AbortController;
  started: boolean;
}

/**
 * Starts firings when their file has been quiet, at most `limit` at once, in the order in which they came. What waits is
 * replaced by a newer firing of the same rule on the same file; what runs is told to stop.
 */
export class FiringQueue {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  readonly #ready: Entry[] = [];
  /** Those that lent their place and want it back; they come before what has not begun. */
  readonly #returning: (() => void)[] = [];
  readonly #place: Place = { lend: (wait) => this.#lend(wait) };
  #running = 0;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  add(firing: QueuedFiring): void {
    this.#supersede(firing.key);
    const entry: Entry = { firing, abort: new AbortController(), started: false };
    const { signal } = entry.abort;
    this.#entries.set(firing.key, entry);
    void this.#clock.sleep(firing.debounceMs, signal).then(() => {
      if (signal.aborted) return;
      this.#ready.push(entry);
      this.#startNext();
    });
  }

  /** Ends what waits; what runs goes on. */
  clear(): void {
    this.#ready.length = 0;
    for (const [key, entry] of this.#entries) {
      if (entry.started) continue;
      this.#entries.delete(key);
      entry.abort.abort();
      entry.firing.supersede();
    }
  }

  #supersede(key: string): void {
    const older = this.#entries.get(key);
    if (!older) return;
    older.abort.abort();
    const waiting = this.#ready.indexOf(older);
    if (waiting >= 0) this.#ready.splice(waiting, 1);
    older.firing.supersede();
  }

  #startNext(): void {
    while (this.#running < this.#limit) {
      const goOn = this.#returning.shift() ?? this.#takeReady();
      if (!goOn) return;
      this.#running += 1;
      goOn();
    }
  }

  #takeReady(): (() => void) | undefined {
    const entry = this.#ready.shift();
    return entry && (() => this.#start(entry));
  }

  #start(entry: Entry): void {
    entry.started = true;
    void entry.firing.start(this.#place).finally(() => {
      if (this.#entries.get(entry.firing.key) === entry) this.#entries.delete(entry.firing.key);
      this.#leavePlace();
    });
  }

  async #lend<Answer>(wait: () => Promise<Answer>): Promise<Answer> {
    this.#leavePlace();
    try {
      return await wait();
    } finally {
      await new Promise<void>((resolve) => {
        this.#returning.push(resolve);
        this.#startNext();
      });
    }
  }

  #leavePlace(): void {
    this.#running -= 1;
    this.#startNext();
  }
}
