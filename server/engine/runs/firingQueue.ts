import type { QueuedRun } from '../../protocol/requests.ts';
import type { Clock } from '../ports/clock.ts';
import type { Origin } from '../rules/rule.ts';
import { ReadyFirings } from './readyFirings.ts';

/** One of the few places that running firings have. */
export interface Place {
  /** Gives the place to others as long as `wait` takes, such as for a person's answer. */
  lend<Answer>(wait: () => Promise<Answer>): Promise<Answer>;
}

export interface QueuedFiring {
  /** One entry per rule and file: a newer one takes the place of an older. */
  readonly key: string;
  readonly ruleId: string;
  /** Firings of one file run one after the other. */
  readonly file: string;
  readonly origin: Origin;
  /** What is shown of it. */
  readonly shown: Omit<QueuedRun, 'state' | 'held'>;
  /** Of those that may start, the one with the highest starts first. */
  readonly priority: number;
  /** How long the file must stay quiet first, in milliseconds. */
  readonly debounceMs: number;
  /** Runs the firing; never rejects. */
  readonly start: (place: Place) => Promise<unknown>;
  /** What is done in place of `start` when it was held back: the file may be another by then. */
  readonly decideAnew: () => void;
  /** Ends the firing: a newer one replaces it, or nothing is to start any more. */
  readonly supersede: () => void;
}

interface Entry {
  readonly firing: QueuedFiring;
  readonly file: string;
  readonly priority: number;
  state: 'quiet' | 'ready' | 'running';
  /** It could have begun, and was held back. */
  wasHeld: boolean;
  /** Ends the wait for quiet. */
  abort: AbortController;
}

interface Returning {
  readonly file: string;
  readonly goOn: () => void;
}

/** One for all: to make one each costs more than all the rest of a firing that does not begin. */
export const superseded = new Error('A newer firing takes its place.');

/**
 * Starts firings when their file has been quiet: at most `limit` at once and one per file, those with a higher priority
 * first, else in the order in which they came. What waits is replaced by a newer firing of the same rule on the same file;
 * what runs is told to stop.
 */
export class FiringQueue {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  /** The same by file, since typing concerns all of a file. */
  readonly #byFile = new Map<string, Set<Entry>>();
  readonly #ready = new ReadyFirings<Entry>();
  /** Those that lent their place and want it back; they come before what has not begun. */
  #returning: readonly Returning[] = [];
  /** Files with a firing that runs now. */
  readonly #busy = new Set<string>();

  /** File to how much is under way that may concern it. */
  readonly #held = new Map<string, number>();

  /** Why nothing of a folder begins now; undefined: it may begin. */
  readonly #heldBy: (root: string) => string | undefined;

  constructor(clock: Clock, limit: number, heldBy: (root: string) => string | undefined = () => undefined) {
    this.#clock = clock;
    this.#limit = limit;
    this.#heldBy = heldBy;
  }

  add(firing: QueuedFiring): void {
    this.#replace(firing.key);
    const { file, priority } = firing;
    const entry: Entry = {
      firing,
      file,
      priority,
      abort: new AbortController(),
      state: 'quiet',
      wasHeld: false,
    };
    this.#entries.set(firing.key, entry);
    const others = this.#byFile.get(file);
    if (others) others.add(entry);
    else this.#byFile.set(file, new Set([entry]));
    this.#awaitQuiet(entry);
  }

  /** The file is not quiet: what waits for that waits anew. */
  touch(file: string): void {
    for (const entry of this.#byFile.get(file) ?? []) {
      if (entry.state !== 'quiet') continue;
      entry.abort.abort(superseded);
      entry.abort = new AbortController();
      this.#awaitQuiet(entry);
    }
  }

  /** Nothing of the file begins until `work` has ended, and then it must be quiet first. */
  async hold<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
    this.#held.set(file, (this.#held.get(file) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#held.get(file) ?? 0) - 1;
      if (left > 0) this.#held.set(file, left);
      else this.#held.delete(file);
    }
  }

  /** Ends what waits and is chosen; what runs goes on. */
  drop(isChosen: (firing: QueuedFiring) => boolean): void {
    for (const entry of this.#entries.values()) if (isChosen(entry.firing)) this.#dropEntry(entry);
  }

  /** The same of one file. */
  dropOf(file: string, isChosen: (firing: QueuedFiring) => boolean): void {
    for (const entry of this.#byFile.get(file) ?? []) if (isChosen(entry.firing)) this.#dropEntry(entry);
  }

  /** What runs, what may start next, and what waits for quiet. */
  list(): readonly QueuedRun[] {
    const entries = [...this.#entries.values()];
    const inState = (state: Entry['state']): readonly Entry[] =>
      entries.filter((entry) => entry.state === state);
    return [...inState('running'), ...this.#ready.all(), ...inState('quiet')].map(({ firing, state }) => {
      const held = state === 'running' ? undefined : this.#heldBy(firing.shown.folder);
      return { ...firing.shown, state, ...(held === undefined ? {} : { held }) };
    });
  }

  /** What was held back in a folder is decided anew, since its files may be others now. */
  release(root: string): void {
    for (const entry of [...this.#ready.all()]) {
      if (!entry.wasHeld || entry.firing.shown.folder !== root) continue;
      this.#ready.remove(entry);
      this.#forget(entry);
      entry.firing.decideAnew();
    }
    this.#startNext();
  }

  /** Forgets what waits without ending it, so that another process can go on with it. */
  leave(): void {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'running') continue;
      this.#forget(entry);
      entry.abort.abort(superseded);
    }
    this.#ready.clear();
  }

  #dropEntry(entry: Entry): void {
    if (entry.state === 'running') return;
    this.#forget(entry);
    this.#end(entry);
  }

  /** Unless a newer one has its place. */
  #forget(entry: Entry): void {
    const { file, firing } = entry;
    if (this.#entries.get(firing.key) === entry) this.#entries.delete(firing.key);
    const others = this.#byFile.get(file);
    others?.delete(entry);
    if (others?.size === 0) this.#byFile.delete(file);
  }

  #awaitQuiet(entry: Entry): void {
    const { signal } = entry.abort;
    void this.#clock.sleep(entry.firing.debounceMs, signal).then(() => {
      if (signal.aborted) return;
      if (this.#held.has(entry.file)) return this.#awaitQuiet(entry);
      entry.state = 'ready';
      entry.wasHeld = this.#heldBy(entry.firing.shown.folder) !== undefined;
      this.#ready.add(entry);
      this.#startNext();
    });
  }

  #replace(key: string): void {
    const older = this.#entries.get(key);
    if (!older) return;
    this.#forget(older);
    this.#end(older);
  }

  #end(entry: Entry): void {
    entry.abort.abort(superseded);
    if (entry.state === 'ready') this.#ready.remove(entry);
    entry.firing.supersede();
  }

  #startNext(): void {
    while (this.#busy.size < this.#limit) {
      const returning = this.#returning.find(({ file }) => !this.#busy.has(file));
      const entry = returning ? undefined : this.#ready.next((each) => this.#mayStart(each));
      if (returning) {
        this.#returning = this.#returning.filter((other) => other !== returning);
        this.#busy.add(returning.file);
        returning.goOn();
      } else if (entry) {
        this.#ready.remove(entry);
        this.#start(entry);
      } else return;
    }
  }

  #mayStart(entry: Entry): boolean {
    if (this.#busy.has(entry.file)) return false;
    const isHeld = this.#heldBy(entry.firing.shown.folder) !== undefined;
    if (isHeld) entry.wasHeld = true;
    return !isHeld;
  }

  #start(entry: Entry): void {
    const { file, start } = entry.firing;
    entry.state = 'running';
    this.#busy.add(file);
    void start({ lend: (wait) => this.#lend(file, wait) }).finally(() => {
      this.#forget(entry);
      this.#leavePlace(file);
    });
  }

  async #lend<Answer>(file: string, wait: () => Promise<Answer>): Promise<Answer> {
    this.#leavePlace(file);
    try {
      return await wait();
    } finally {
      await new Promise<void>((resolve) => {
        this.#returning = [...this.#returning, { file, goOn: resolve }];
        this.#startNext();
      });
    }
  }

  #leavePlace(file: string): void {
    this.#busy.delete(file);
    this.#startNext();
  }
}
