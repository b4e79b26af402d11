import type { RunEvent, RunStep } from '../../protocol/runEvents.ts';

/** Where journals are kept: one per run, append-only. */
export interface JournalStore {
  /** Opens a new journal; the process that opens it owns it until `close`. */
  open(root: string, run: string): Promise<JournalWriter>;
  /** Goes on with a journal that no living process owns; undefined if it is owned, unknown, foreign or damaged. */
  resume(
    root: string,
    run: string,
  ): Promise<{ readonly writer: JournalWriter; readonly events: readonly RunEvent[] } | undefined>;
  /** Reads whole records only; a torn tail is cut, a foreign journal is marked. Newest run first, at most `limit`. */
  recent(root: string, limit: number): Promise<readonly StoredJournal[]>;
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
}

export interface JournalWriter {
  readonly run: string;
  /** Durable when it resolves. Rejects with a `JournalError` when the disk refuses. */
  append(step: RunStep): Promise<RunEvent>;
  close(): Promise<void>;
}
