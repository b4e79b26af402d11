import type { RunCause } from '../../protocol/runEvents.ts';

/** A rule that is to act on a file and has not begun. */
export interface LoggedFiring {
  /** Id of the run that it becomes. */
  readonly run: string;
  readonly ruleId: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly event: string;
  readonly origin: RunCause['origin'];
  readonly depth: number;
  readonly oldPath?: string;
  /** All that it concerns, where these are several; `path` is the first. */
  readonly files?: readonly string[];
}

/** Which firings wait, kept in the user's storage so that they outlive the process. */
export interface FiringLog {
  /** Durable when it resolves. Rejects when the disk refuses. */
  add(root: string, firing: LoggedFiring): Promise<void>;
  /** The firing begins: from here on its run's journal says what became of it. Durable when it resolves. */
  claim(root: string, run: string): Promise<void>;
  /** Nothing is to be done any more. */
  remove(root: string, run: string): Promise<void>;
  /** Takes what processes left that live no more, in the order in which it came. It stays with them until `release`. */
  takeOver(root: string): Promise<LeftFirings>;
  /** Leaves what waits to the next process; nothing is written from then on. */
  close(): Promise<void>;
}

export interface LeftFirings {
  readonly firings: readonly (LoggedFiring & { readonly claimed: boolean })[];
  /** Lets it go, as soon as all that was told before is durable. */
  readonly release: () => Promise<void>;
}
