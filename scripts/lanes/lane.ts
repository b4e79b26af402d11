/** How many checks or tests of a lane passed, failed and were left out. */
export interface LaneResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface LaneContext {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The machine's own Node, which may be as old as the product allows; see scripts/run.mjs. */
  readonly systemNode: string;
}

/**
 * A part of `npm test`: a module `scripts/lanes/NAME.ts`. It prints its own progress and what failed. A rejected
 * promise counts as one failure.
 */
export interface Lane {
  readonly run: (context: LaneContext) => Promise<LaneResult>;
  /** Set for a lane that runs only when it is named on the command line. */
  readonly onlyWhenNamed?: boolean;
}

export function sumResults(results: readonly LaneResult[]): LaneResult {
  const sum = (of: keyof LaneResult): number => results.reduce((total, result) => total + result[of], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
