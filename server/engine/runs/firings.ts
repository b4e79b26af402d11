import type { ProposedFile, RunEvent } from '../../protocol/runEvents.ts';
import type { QueuedRun } from '../../protocol/requests.ts';
import type { Firing } from '../engine.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { FiringLog } from '../ports/firingLog.ts';
import type { GitOperations } from '../ports/gitOperation.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { Settings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { CauseChains, type Landed } from './causeChains.ts';
import { EventIntake } from './eventIntake.ts';
import { FiringQueue } from './firingQueue.ts';
import type { FireParts, LeftFiring } from './fireParts.ts';
import type { FolderState } from './folderState.ts';
import { QuietHours } from './quietHours.ts';
import { folderSwitches } from './folderSwitches.ts';
import { recoverFirings } from './recoverFirings.ts';
import type { SelfWritten } from './runScope.ts';
import type { RunStarter } from './startRun.ts';
import { testEvents } from './testEvents.ts';

/** Runs at once; more wait in order. */
const parallelRuns = 4;

export interface FiringsParts {
  readonly starter: RunStarter;
  readonly patterns: Patterns;
  readonly log: FiringLog;
  readonly gitOperations: GitOperations;
  readonly settings: () => Settings;
  /** undefined: the folder is not open, or no rule is to fire. Resolves when its rules are known. */
  readonly folder: (root: string) => Promise<FolderState | undefined>;
}

const neverAborted = new AbortController().signal;

/** From what happens to files to the runs that wait for it, over restarts and over runs that cause one another. */
export class Firings {
  readonly #parts: FiringsParts;
  readonly #queue: FiringQueue;
  readonly #intake: EventIntake;
  readonly #chains: CauseChains;
  readonly #quiet: QuietHours;
  /** Folders in which something may wait from before, and nothing may begin yet. */
  readonly #unrecovered = new Map<string, FolderState>();

  constructor(parts: FiringsParts) {
    const { deps } = parts.starter;
    this.#parts = parts;
    this.#quiet = new QuietHours({
      clock: deps.clock,
      gitOperations: parts.gitOperations,
      wanted: () => parts.settings().rules.quietHours,
      onEnd: (root) => this.#queue.release(root),
    });
    this.#queue = new FiringQueue(deps.clock, parallelRuns, (root) => this.#quiet.reasonFor(root));
    this.#intake = new EventIntake({ ...deps, queue: this.#queue });
    this.#chains = new CauseChains(deps.digest);
  }

  typed(root: string, path: string): void {
    this.#intake.typed(root, path);
  }

  note(event: RunEvent): void {
    this.#chains.note(event);
  }

  async handle(event: FileEvent, signal: AbortSignal, after?: Promise<unknown>): Promise<readonly Firing[]> {
    const folder = await this.#parts.folder(event.root);
    return folder ? this.#intake.handle(this.#fireParts(folder), event, signal, after) : [];
  }

  /** The problems of a file are others now, and have settled. */
  async handleProblems(root: string, path: string, signal: AbortSignal): Promise<readonly Firing[]> {
    const folder = await this.#parts.folder(root);
    return folder ? this.#intake.handleProblems(this.#fireParts(folder), { root, path }, signal) : [];
  }

  /** Lets rules fire on how tests ended that a person ran. Never rejects. */
  async raiseTested(root: string, tests: readonly TestCase[]): Promise<void> {
    const events = testEvents(root, tests);
    const folder = events.length === 0 ? undefined : await this.#parts.folder(root);
    if (folder === undefined) return;
    try {
      await this.#intake.handleTogether(this.#fireParts(folder), events, neverAborted);
    } catch (error) {
      this.#parts.starter.deps.log.error(`How tests ended could not be followed: ${String(error)}`);
    }
  }

  setDebugging(debugging: boolean): void {
    this.#quiet.setDebugging(debugging);
  }

  /** Why nothing begins by itself in a folder now; undefined: it may. */
  heldBy(root: string): string | undefined {
    return this.#quiet.reasonFor(root);
  }

  /** The same, once it was looked at. */
  async lookWhyHeld(root: string): Promise<string | undefined> {
    await this.#quiet.look(root);
    return this.heldBy(root);
  }

  /** Settings or trust are otherwise now. */
  review(): void {
    this.#quiet.review();
    for (const folder of this.#unrecovered.values()) void this.recover(folder, neverAborted);
  }

  /** The folder is not open any more. */
  forget(root: string): void {
    this.#unrecovered.delete(root);
  }

  /** Lets rules fire on what landed. */
  raiseAccepted(root: string, run: string, files: readonly ProposedFile[]): void {
    this.#follow(this.#chains.land(root, run, files));
  }

  /** Lets rules with the origin `self` fire on what a command changed. */
  raiseSelfWritten(root: string, run: string, files: readonly SelfWritten[]): void {
    this.#follow(this.#chains.write(root, run, files));
  }

  #follow(landed: Landed): void {
    const { log } = this.#parts.starter.deps;
    if (landed.kind === 'loop') return log.warn(landed.message);
    for (const event of landed.events)
      this.handle(event, neverAborted).catch((error: unknown) =>
        log.error(`What was written to ${event.path} could not be followed: ${String(error)}`),
      );
  }

  /** Goes on with what earlier processes left. Never rejects. */
  async recover(folder: FolderState, signal: AbortSignal): Promise<void> {
    const { starter, log: firings } = this.#parts;
    // A command line does what it was asked for, and leaves to the editor what the editor began.
    if (!starter.deps.interactive) return;
    const { enabled } = folderSwitches(this.#parts.settings(), folder.root);
    if (!enabled || !starter.deps.consent.isTrusted(folder.root)) {
      // It stays where it is: trust or a switch may come.
      this.#unrecovered.set(folder.root, folder);
      return;
    }
    this.#unrecovered.delete(folder.root);
    try {
      await recoverFirings({
        firings,
        journal: starter.journal,
        root: folder.root,
        decide: (event, left) => this.#intake.resume({ ...this.#fireParts(folder), left }, event, signal),
      });
    } catch (error) {
      starter.deps.log.warn(`What waited before the restart cannot be read: ${String(error)}`);
    }
  }

  list(): readonly QueuedRun[] {
    return this.#queue.list();
  }

  cancel(run: string | 'all'): void {
    this.#queue.drop(({ shown }) => run === 'all' || shown.run === run);
  }

  /** Begins nothing more, and leaves what waits to the next process; `close` then lets go of it. */
  leave(): void {
    this.#quiet.stop();
    this.#queue.leave();
  }

  async close(): Promise<void> {
    await this.#parts.log.close().catch(() => undefined);
  }

  #fireParts(folder: FolderState): Omit<FireParts, 'queue' | 'recent'> {
    const { starter, patterns, log: firings, settings } = this.#parts;
    return {
      ...starter,
      patterns,
      firings,
      folder,
      settings: settings(),
      quiet: this.#quiet,
      decideAnew: (event, left) => void this.#decideAnew(folder, event, left),
    };
  }

  /** What was held back is decided on what the file is now; where it does not fire any more, it waits no more. */
  async #decideAnew(folder: FolderState, event: FileEvent, left: Required<LeftFiring>): Promise<void> {
    const { starter, log: firings } = this.#parts;
    const { text: _, ...told } = event;
    try {
      const decided = await this.#intake.resume({ ...this.#fireParts(folder), left }, told, neverAborted);
      if (decided.some(({ run }) => run === left.run)) return;
      await firings.remove(folder.root, left.run);
    } catch (error) {
      starter.deps.log.error(`What was held back on ${event.path} could not go on: ${String(error)}`);
    }
  }
}
