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
  /** Content before it happened: as it was last saved, or as version control has it; undefined if that is not known. */
  readonly before?: string;
  /** The editor's id of its language; undefined where no editor has it open. */
  readonly language?: string;
  /** Of a rename: where the file was. */
  readonly oldPath?: string;
  /** All that happened to the file in one quiet period, `name` among them, in order. */
  readonly names?: readonly EventName[];
  /** All files of an event that concerns several, such as a test run; `path` is the first. */
  readonly files?: readonly string[];
  /** One of so many at once that only checks look at them. */
  readonly bulk?: boolean;
  /** Names of the rules that may fire on it; undefined: all. */
  readonly only?: readonly string[];
  /** What a person wrote who runs a rule by hand. */
  readonly message?: string;
  /** How many runs caused one another up to this event; 0 for a person's. */
  readonly depth: number;
  /** The run that caused it, and the names of the rules of all runs that led there, the first first. */
  readonly causedBy?: { readonly run: string; readonly rules: readonly string[] };
}
