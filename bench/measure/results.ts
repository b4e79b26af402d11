import type { BenchResult } from '../benchRow.ts';
import type { Pair } from './measurePairs.ts';
import { median, percentile } from './statistics.ts';

export type ResultTexts = Pick<BenchResult, 'name' | 'what' | 'beside'>;

/** Ours beside a peer, pair by pair. `goal` is the highest ratio that is good; undefined when there is none. */
export function besidePeer(
  texts: ResultTexts,
  pairs: readonly Pair[],
  goal: number | undefined,
): BenchResult {
  return judge(
    texts,
    pairs.map(({ ours, beside }) => ours / beside),
    goal,
  );
}

/** Ours beside a figure that was decided on, such as 5 ms; good up to 1. */
export function againstLimit(texts: ResultTexts, figures: readonly number[], limit: number): BenchResult {
  return judge(
    texts,
    figures.map((figure) => figure / limit),
    1,
  );
}

/** A row that stands in the table although nothing could be measured, with the reason. */
export function notMeasured(name: string, reason: string): BenchResult {
  return { name, what: 'not measured', beside: reason, ratio: null, spread: null, goal: 'none', met: null };
}

function judge(texts: ResultTexts, ratios: readonly number[], goal: number | undefined): BenchResult {
  const ratio = median(ratios);
  // A goal such as 1/300 is written, and judged, with three digits.
  const limit = goal === undefined ? undefined : Number(goal.toPrecision(3));
  return {
    ...texts,
    ratio,
    spread: [percentile(ratios, 10), percentile(ratios, 90)],
    goal: limit === undefined ? 'none' : `<= ${limit}`,
    met: limit === undefined ? null : ratio <= limit,
  };
}
