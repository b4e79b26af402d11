import { availableParallelism, loadavg } from 'node:os';
import type { BenchResult } from './benchRow.ts';

const verdicts = new Map<boolean | null, string>([
  [true, 'met'],
  [false, 'MISSED'],
  [null, '-'],
]);

/** One line of the table: ratio, spread, goal and verdict first, because the words after them are of any length. */
export function renderResult({ name, what, beside, ratio, spread, goal, met }: BenchResult): string {
  const range = spread ? `${renderRatio(spread[0])}..${renderRatio(spread[1])}` : '';
  const columns = [
    name.padEnd(24),
    (ratio === null ? '' : renderRatio(ratio)).padStart(9),
    range.padEnd(20),
    goal.padEnd(11),
    (verdicts.get(met) ?? '').padEnd(7),
  ];
  return `${columns.join(' ')} ${what} / ${beside}`;
}

export function renderHeading(): string {
  const names = [
    'row'.padEnd(24),
    'ratio'.padStart(9),
    'p10..p90'.padEnd(20),
    'goal'.padEnd(11),
    ''.padEnd(7),
  ];
  return `${names.join(' ')} ours / beside`;
}

/** What a reader must know to judge the figures: other work on the machine shows in the load. */
export function renderSummary(results: readonly BenchResult[]): string {
  const judged = results.filter(({ met }) => met !== null);
  const met = judged.filter((result) => result.met).length;
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${met} of ${judged.length} goals met. Node ${process.versions.node}, ${availableParallelism()} cores, load ${load}.`;
}

/** Three digits that say something, also for very small ratios. */
export function renderRatio(ratio: number): string {
  if (ratio >= 100) return ratio.toFixed(0);
  return ratio >= 0.001 ? ratio.toPrecision(3) : ratio.toExponential(1);
}
