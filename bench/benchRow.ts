/** A file of bench/rows/: measures something of ours beside a peer or a limit. */
export interface BenchRow {
  /** What a person types to run it: the names of its results, or what stands before their `/`. */
  readonly names: readonly string[];
  /** Throws `NotMeasurable` when something that it needs is not on this machine. */
  run(context: BenchContext): Promise<readonly BenchResult[]>;
}

export interface BenchContext {
  /** The project's folder, absolute. */
  readonly root: string;
  /** A temporary folder of this run, removed at its end. */
  readonly scratch: string;
  /** `tiny` only shows that a row works: its figures say nothing. */
  readonly size: 'full' | 'tiny';
  /** Folder whose node_modules holds peers that the project does not depend on. */
  readonly peers: string | undefined;
  /** Folder with rule files to read instead of the few that the project holds. */
  readonly rules?: string | undefined;
  /** Builds the product as it is shipped, once per run, and returns the folder of the bundles. */
  readonly bundles: () => Promise<string>;
}

/** One goal. Everything is a ratio: seconds of this machine would mean nothing on another one. */
export interface BenchResult {
  readonly name: string;
  /** What of ours was measured. */
  readonly what: string;
  /** What it was divided by. */
  readonly beside: string;
  /** Ours over the other, the median of the pairs; null when it could not be measured here. */
  readonly ratio: number | null;
  /** The 10th and the 90th percentile of the same pairs. */
  readonly spread: readonly [low: number, high: number] | null;
  /** What the ratio has to be, such as `<= 1.5`; `none` when the row only shows where the limit lies. */
  readonly goal: string;
  /** null when there is no goal, or nothing was measured. */
  readonly met: boolean | null;
}

/** Something that a row needs is not on this machine: the row then says so and counts neither way. */
export class NotMeasurable extends Error {}
