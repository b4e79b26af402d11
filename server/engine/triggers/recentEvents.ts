import type { Clock } from '../ports/clock.ts';
import type { EventName, Origin } from '../rules/rule.ts';
import type { FileEvent } from './fileEvent.ts';

interface Noted {
  /** Who waited for a later one has forgotten it, and its text with it. */
  readonly event: WeakRef<FileEvent>;
  readonly trace: EventTrace;
  /** The longest time in milliseconds without anything happening to the file between the event before and this one. */
  readonly gap: number;
}

/** What is asked of an event that another one followed. */
type EventTrace = Pick<FileEvent, 'name' | 'origin' | 'depth' | 'before' | 'oldPath' | 'bulk'>;

interface FileHistory {
  events: readonly Noted[];
  /** Of all texts that it holds, in UTF-16 units. */
  length: number;
  /** When something last happened to the file, typing included. */
  lastAt: number;
  /** The longest quiet time since the last event, which typing cuts short. */
  gap: number;
}

/** What happened to one file is forgotten when it has been quiet for longer than any rule waits, in milliseconds. */
const keptMs = 60_000;
const maxFiles = 2_000;
const maxEvents = 50;
/** Of the texts of all files together, in UTF-16 units. */
const maxLength = 4 * 1024 * 1024;

const strength: readonly Origin[] = ['self', 'disk', 'auto', 'user'];

/** What happened to files of late, so that events of one quiet period are one. */
export class RecentEvents {
  readonly #clock: Clock;
  readonly #files = new Map<string, FileHistory>();
  #length = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody types in the file: the quiet period begins anew. */
  touch(root: string, path: string): void {
    const known = this.#files.get(`${root}\n${path}`);
    if (known) this.#pass(known);
  }

  note(event: FileEvent): void {
    const key = `${event.root}\n${event.path}`;
    const known = this.#files.get(key) ?? { events: [], length: 0, lastAt: this.#clock.now(), gap: 0 };
    this.#pass(known);
    // Put last, so that what is dropped first has been quiet for longest.
    this.#drop(key, known);
    const noted: Noted = { event: new WeakRef(event), trace: traceOf(event), gap: known.gap };
    known.events = [...known.events, noted].slice(-maxEvents);
    known.length = known.events.reduce((sum, { trace }) => sum + (trace.before?.length ?? 0), 0);
    known.gap = 0;
    this.#files.set(key, known);
    this.#length += known.length;
    this.#forgetQuiet();
  }

  /**
   * The last event of a file together with all that happened within its quiet period: their names, the strongest origin,
   * and the text before the first. A file that was deleted was not saved, and one that came back was not deleted.
   */
  merge(event: FileEvent, quietMs: number): FileEvent {
    const noted = this.#files.get(`${event.root}\n${event.path}`)?.events ?? [];
    const last = noted.findLastIndex((each) => each.event.deref() === event);
    let first = last;
    while (first > 0 && (noted[first]?.gap ?? 0) < quietMs) first -= 1;
    return first < last
      ? mergeAll(
          noted.slice(first, last + 1).map((each) => each.trace),
          event,
        )
      : event;
  }

  #pass(file: FileHistory): void {
    const now = this.#clock.now();
    file.gap = Math.max(file.gap, now - file.lastAt);
    file.lastAt = now;
  }

  #forgetQuiet(): void {
    const now = this.#clock.now();
    for (const [key, known] of this.#files) {
      const isMuch = this.#files.size > maxFiles || this.#length > maxLength;
      if (!isMuch && Math.abs(now - known.lastAt) <= keptMs) return;
      this.#drop(key, known);
    }
  }

  #drop(key: string, known: FileHistory): void {
    if (this.#files.delete(key)) this.#length -= known.length;
  }
}

function traceOf({ name, origin, depth, before, oldPath, bulk }: FileEvent): EventTrace {
  return {
    ...{ name, origin, depth },
    ...(before === undefined ? {} : { before }),
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(bulk === undefined ? {} : { bulk }),
  };
}

function mergeAll(events: readonly EventTrace[], last: FileEvent): FileEvent {
  const counted = events.filter(({ name }) => (name === 'delete') === (last.name === 'delete'));
  const names = [...new Set(counted.map(({ name }): EventName => name))];
  const origin = strength[Math.max(...counted.map((each) => strength.indexOf(each.origin)))] ?? last.origin;
  const before = events.find((each) => each.before !== undefined)?.before;
  const oldPath = counted.findLast((each) => each.oldPath !== undefined)?.oldPath;
  const isBulk = counted.every(({ bulk }) => bulk === true);
  const { bulk: _, ...rest } = last;
  return {
    ...rest,
    names,
    origin,
    depth: Math.max(...counted.map(({ depth }) => depth)),
    ...(before === undefined ? {} : { before }),
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(isBulk ? { bulk: true } : {}),
  };
}
