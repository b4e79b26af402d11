import type { Firing } from '../engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { Log } from '../ports/log.ts';
import { isCheckAction } from '../rules/modelActions.ts';
import type { Rule } from '../rules/rule.ts';
import { findPathFault, maxDepth } from '../triggers/decideFirings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { DiskBursts, maxSingle } from '../triggers/diskBursts.ts';
import { RecentEvents } from '../triggers/recentEvents.ts';
import { EventCauses } from './eventCauses.ts';
import type { FireParts } from './fireParts.ts';
import { fireRules, fireTogether } from './fireRules.ts';
import { fileKey } from './firingKey.ts';
import type { FiringQueue } from './firingQueue.ts';

export interface EventIntakeParts {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly log: Log;
  readonly queue: FiringQueue;
}

/** Files whose last content is kept in mind. */
const maxSeen = 5_000;
const gone = '';

/**
 * Takes what happens to files, in order for each file, and lets fire what is news: no echo of our own writes, nothing that
 * another program tells of and an editor told of before, and no part of a large change.
 */
export class EventIntake {
  readonly #parts: EventIntakeParts;
  readonly #recent: RecentEvents;
  readonly #causes = new EventCauses();
  readonly #bursts = new Map<string, DiskBursts>();
  /** What is under way for a file; the next event of it waits for that. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** File to the digest of its last known content, or `gone`. */
  readonly #seen = new Map<string, string>();

  constructor(parts: EventIntakeParts) {
    this.#parts = parts;
    this.#recent = new RecentEvents(parts.clock);
  }

  /** Somebody types in the file: what waits for quiet waits anew. */
  typed(root: string, path: string): void {
    this.#recent.touch(root, path);
    this.#causes.typed(root, path);
    this.#parts.queue.touch(fileKey({ root, path }));
  }

  async handle(
    parts: Omit<FireParts, 'queue' | 'recent'>,
    event: FileEvent,
    signal: AbortSignal,
    after?: Promise<unknown>,
  ): Promise<readonly Firing[]> {
    if (event.bulk === true || (event.origin === 'disk' && !this.#isOneByOne(parts, event))) return [];
    const key = fileKey(event);
    const before = this.#turns.get(key);
    const turn = this.#parts.queue.hold(key, async () => {
      // What a command of ours writes comes back as news of another program: until it has ended nobody knows which is which.
      const { ownWrites } = parts.deps;
      await Promise.allSettled([
        before,
        after,
        event.origin === 'disk' ? ownWrites.settled(event.root) : undefined,
      ]);
      return this.#fire(parts, event, signal);
    });
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }

  /** A file's problems are others now; who changed the file last caused that. */
  async handleProblems(
    parts: Omit<FireParts, 'queue' | 'recent'>,
    { root, path }: Pick<FileEvent, 'root' | 'path'>,
    signal: AbortSignal,
  ): Promise<readonly Firing[]> {
    const cause = this.#causes.of(root, path);
    return this.handle(parts, { root, path, name: 'problems', ...cause }, signal);
  }

  /** What concerns several files at once is one firing per rule. */
  async handleTogether(
    parts: Omit<FireParts, 'queue' | 'recent'>,
    events: readonly FileEvent[],
    signal: AbortSignal,
  ): Promise<readonly Firing[]> {
    const told: FileEvent[] = [];
    for (const event of events) {
      const text = await parts.deps.edits.current(event.root, event.path, signal);
      told.push(text === undefined ? event : { ...event, text });
    }
    const { queue } = this.#parts;
    return fireTogether({ ...parts, queue, recent: this.#recent }, told, signal);
  }

  /** Goes on with what an earlier process left of a file, or what was held back. */
  async resume(
    parts: Omit<FireParts, 'queue' | 'recent'>,
    event: FileEvent,
    signal: AbortSignal,
  ): Promise<readonly Firing[]> {
    const { files, ...one } = event;
    if (files !== undefined)
      return this.handleTogether(
        parts,
        files.map((path) => ({ ...one, path })),
        signal,
      );
    return this.#parts.queue.hold(fileKey(event), () => this.#fire(parts, event, signal));
  }

  async #fire(
    parts: Omit<FireParts, 'queue' | 'recent'>,
    told: FileEvent,
    signal: AbortSignal,
  ): Promise<readonly Firing[]> {
    const { root, path, name } = told;
    const { edits, ownWrites } = parts.deps;
    const text = name === 'delete' ? undefined : (told.text ?? (await edits.current(root, path, signal)));
    const isChange = name !== 'problems';
    const isKnown = isChange && this.#see(fileKey(told), text, name === 'delete');
    if (isKnown && told.origin === 'disk' && parts.left === undefined) return [];
    const isTold = isChange && (text !== undefined || name === 'delete');
    const isOurs = name === 'accepted' || told.origin === 'self';
    if (isTold && !isOurs && ownWrites.isEcho(root, path, text)) return [];
    const event = text === undefined ? told : { ...told, text };
    if (isChange) this.#causes.note(event);
    // What a rule wrote, and what came of it, are events of their own, and not one with what a person did before.
    if (isChange && event.origin !== 'self') this.#recent.note(event);
    this.#sayLoop(parts, event);
    const { queue } = this.#parts;
    const firings = await fireRules({ ...parts, queue, recent: this.#recent }, event, signal);
    // Meanwhile it may have become clear that this was the beginning of a large change.
    if (told.origin === 'disk' && this.#bursts.get(root)?.isLarge === true) this.#dropDisk(root);
    return firings;
  }

  #sayLoop({ folder }: Pick<FireParts, 'folder'>, { name, path, depth, causedBy }: FileEvent): void {
    if (depth <= maxDepth || causedBy === undefined) return;
    if (!folder.rules.liveRules().some(({ on }) => on.some(({ value }) => value === name))) return;
    this.#parts.log.warn(
      `The rules ${causedBy.rules.join(' → ')} cause one another, last on ${path}, so nothing more fires on it. Let one of them leave the other's files alone.`,
    );
  }

  /** Whether the file had this content already when it was last seen. */
  #see(key: string, text: string | undefined, isGone: boolean): boolean {
    const last = this.#seen.get(key);
    this.#seen.delete(key);
    if (text === undefined && !isGone) return false;
    const now = text === undefined ? gone : this.#parts.digest(text);
    this.#seen.set(key, now);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > maxSeen && oldest !== undefined) this.#seen.delete(oldest);
    return last === now;
  }

  /** Whether a change by another program is none of many at once, and one that a rule wants to hear of. */
  #isOneByOne({ folder }: Pick<FireParts, 'folder'>, { root, path, name }: FileEvent): boolean {
    if (findPathFault(path) !== undefined) return false;
    const listening = followingDisk(folder.rules.liveRules());
    if (listening.length === 0) return false;
    const { clock, log } = this.#parts;
    const bursts = this.#bursts.get(root) ?? new DiskBursts(clock);
    this.#bursts.set(root, bursts);
    const verdict = bursts.note(1);
    if (verdict === 'began') {
      this.#dropDisk(root);
      log.info(
        `More than ${maxSingle} files of ${root} were changed by other programs at once: no rule starts a model or a command for these.`,
      );
    }
    return verdict === 'single' && listening.some(({ on }) => on.some(({ value }) => value === name));
  }

  #dropDisk(root: string): void {
    this.#parts.queue.drop(({ file, origin }) => origin === 'disk' && file.startsWith(`${root}\n`));
  }
}

// Lists of rules are immutable, and watchers tell of every file.
const knownFollowing = new WeakMap<readonly Rule[], readonly Rule[]>();

function followingDisk(rules: readonly Rule[]): readonly Rule[] {
  const known = knownFollowing.get(rules) ?? rules.filter(followsDisk);
  knownFollowing.set(rules, known);
  return known;
}

/** Whether a rule starts a model or a command for what other programs do. */
function followsDisk({ origin, actions }: Rule): boolean {
  return origin?.includes('disk') === true && actions.some(({ type }) => !isCheckAction(type));
}
