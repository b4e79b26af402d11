import type { EventName, Origin } from '../rules/rule.ts';

/** Something happened to a file of a workspace folder. */
export interface FileEvent {
  readonly root: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly name: EventName;
  readonly origin: Origin;
  /** Content now; undefined if it is not known yet and has to be read. */
  readonly text?: string;
  /** How many runs caused one another up to this event; 0 for a person's. */
  readonly depth: number;
}
