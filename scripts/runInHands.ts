import { availableParallelism } from 'node:os';
import { inParallel } from './inParallel.ts';
import { sumResults, type LaneContext, type LaneResult } from './lanes/lane.ts';
import { runMocha } from './runMocha.ts';

/** More would wait for each other's processes. */
const maxHands = 2;

export interface HandOptions {
  /** Into how many runs of mocha the files are dealt; the more, the less the last hand has to do alone. */
  readonly groups: number;
  /** Mocha's own. */
  readonly options?: readonly string[];
}

/** Runs test files in two hands: each takes the next group of them when it has done one. */
export async function runInHands(
  context: LaneContext,
  files: readonly string[],
  { groups, options = [] }: HandOptions,
): Promise<LaneResult> {
  const hands = Math.min(availableParallelism(), maxHands);
  // One group at least, so that a lane without files is told of.
  const dealt = deal(files, Math.max(1, Math.min(groups, files.length)));
  return sumResults(await inParallel(dealt, hands, (group) => runMocha(context, group, options)));
}

/** What stands side by side in a folder takes about as long, so neighbours go to different groups. */
function deal(files: readonly string[], groups: number): readonly (readonly string[])[] {
  return Array.from({ length: groups }, (_, group) => files.filter((_file, at) => at % groups === group));
}
