import type { RunEvent, RunStep } from '../../protocol/runEvents.ts';
import type { RunView } from '../../protocol/viewState.ts';

/** Where journals are kept: one per run, append-only. */
export interface JournalStore {
  /** Opens a new journal; the process that opens it owns it until `close`. */
  open(root: string, run: string): Promise<JournalWriter>;
  /** Goes on with a journal that no living process owns; undefined if it is owned, unknown, foreign or damaged. */
  resume(
    root: string,
    run: string,
  ): Promise<{ readonly writer: JournalWriter; readonly events: readonly RunEvent[] } | undefined>;
  /**
   * Reads whole records only; a torn tail is cut, a foreign or damaged journal is marked. Newest run first, at most `limit`.
   *
   * @param only types of steps; others are left out, and for the most part not even parsed. undefined: all.
   */
  recent(root: string, limit: number, only?: readonly RunEvent['type'][]): Promise<readonly StoredJournal[]>;
  /** The same for screens: a run that was closed after its end may come as what it came to, without its steps. */
  recall(root: string, limit: number): Promise<readonly RecalledJournal[]>;
  /** One journal; undefined: there is none. */
  read(root: string, run: string): Promise<StoredJournal | undefined>;
  /** Whether a first step of the run was acknowledged, also where its journal is gone or damaged now. */
  hasBegun(root: string, run: string): Promise<boolean>;
}

export interface StoredJournal {
  readonly run: string;
  readonly events: readonly RunEvent[];
  /** False when the user's storage does not vouch for it: shown, never acted on. */
  readonly trusted: boolean;
  /** A living process writes to it. */
  readonly owned: boolean;
  /** Bytes behind the last whole record, which do not count; missing: none. */
  readonly lostBytes?: number;
  /** Steps that were acknowledged are altered or gone. What stands before them is shown; nothing is done by it. */
  readonly damaged?: true;
}

export interface RecalledJournal extends StoredJournal {
  /** Stands for `events`, which are empty then. */
  readonly snapshot?: RunSnapshot;
}

/** Raised when what a snapshot holds has another meaning: those of other versions are not read, and the steps are. */
export const runSnapshotVersion = 1;

/** What a run that has ended came to. */
export interface RunSnapshot {
  readonly v: typeof runSnapshotVersion;
  readonly view: RunView;
  /** Its steps that say something to folds over several runs. */
  readonly events: readonly RunEvent[];
}

export interface JournalWriter {
  readonly run: string;
  /** Durable when it resolves. Rejects with a `JournalError` when the disk refuses. */
  append(step: RunStep): Promise<RunEvent>;
  /** @param snapshot of a run that has ended; the next process shows that instead of reading all its steps. */
  close(snapshot?: RunSnapshot): Promise<void>;
}
