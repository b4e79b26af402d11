import type { Clock } from '../ports/clock.ts';
import type { EventName, Origin } from '../rules/rule.ts';
import type { FileEvent } from './fileEvent.ts';

interface Noted {
  readonly event: FileEvent;
  /** The longest time in milliseconds without anything happening to the file between the event before and this one. */
  readonly gap: number;
}

interface FileHistory {
  events: readonly Noted[];
  /** When something last happened to the file, typing included. */
  lastAt: number;
  /** The longest quiet time since the last event, which typing cuts short. */
  gap: number;
}

/** What happened to one file is forgotten when it has been quiet for longer than any rule waits, in milliseconds. */
const keptMs = 60_000;
const maxFiles = 2_000;
const maxEvents = 50;

const strength: readonly Origin[] = ['self', 'disk', 'auto', 'user'];

/** What happened to files of late, so that events of one quiet period are one. */
export class RecentEvents {
  readonly #clock: Clock;
  readonly #files = new Map<string, FileHistory>();

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
    const known = this.#files.get(key) ?? { events: [], lastAt: this.#clock.now(), gap: 0 };
    this.#pass(known);
    known.events = [...known.events, { event, gap: known.gap }].slice(-maxEvents);
    known.gap = 0;
    // Put last, so that what is dropped first has been quiet for longest.
    this.#files.delete(key);
    this.#files.set(key, known);
    this.#forgetQuiet();
  }

  /**
   * The last event of a file together with all that happened within its quiet period: their names, the strongest origin,
   * and the text before the first. A file that was deleted was not saved, and one that came back was not deleted.
   */
  merge(event: FileEvent, quietMs: number): FileEvent {
    const noted = this.#files.get(`${event.root}\n${event.path}`)?.events ?? [];
    const last = noted.findLastIndex((each) => each.event === event);
    let first = last;
    while (first > 0 && (noted[first]?.gap ?? 0) < quietMs) first -= 1;
    return first < last
      ? mergeAll(
          noted.slice(first, last + 1).map((each) => each.event),
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
    for (const [key, { lastAt }] of this.#files) {
      if (this.#files.size <= maxFiles && Math.abs(now - lastAt) <= keptMs) return;
      this.#files.delete(key);
    }
  }
}

function mergeAll(events: readonly FileEvent[], last: FileEvent): FileEvent {
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
