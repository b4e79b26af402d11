import type { AuditEntry, NewAuditEntry } from '../../protocol/audit.ts';

/** The log of who asked for what right in a folder, and what was decided: append-only, in the user's storage. */
export interface Audit {
  /** Durable when it resolves; rejects when it cannot be written. */
  note(root: string, entry: NewAuditEntry): Promise<void>;
}

/** What the log of a folder holds. */
export interface AuditReading {
  /** Those that this installation vouches for, oldest first. */
  readonly entries: readonly AuditEntry[];
  /** Where the log is not what was written, in its order. */
  readonly problems: readonly AuditProblem[];
  /** Nothing of it was written by this installation for this folder. */
  readonly foreign: boolean;
  /** The last line has no end: a process ended while it wrote, and what it asked for was not given. */
  readonly cut: boolean;
  /** Files of the log, absolute, oldest first. */
  readonly files: readonly string[];
  /** How many of the oldest entries are gone since the log is bounded, as one of its lines vouches for. */
  readonly forgotten: number;
}

export interface AuditProblem {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /**
   * `altered`: its digest does not fit. `unreadable`: it is no line of a log. `missing`: entries before it are gone. `moved`:
   * it stands where it was not written.
   */
  readonly kind: 'altered' | 'unreadable' | 'missing' | 'moved';
  /** Numbers of the entries that it is about, first and last; undefined: it does not tell. */
  readonly entries?: readonly [first: number, last: number];
}

export interface AuditLog extends Audit {
  /** Changes nothing. */
  read(root: string): AuditReading;
}
