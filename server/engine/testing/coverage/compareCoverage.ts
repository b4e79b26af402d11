import type { FileCoverage } from '../../../protocol/tests.ts';
import {
  linePrints,
  percentOf,
  totalOf,
  type CoverageSnapshot,
  type FileSnapshot,
} from './coverageSnapshot.ts';

/** How a run stands beside the best so far. */
export interface CoverageChange {
  /** Percent of all lines. */
  readonly before: number;
  readonly now: number;
  /** Files with lines that were not missed before, the most such lines first. */
  readonly files: readonly FileChange[];
}

export interface FileChange {
  readonly path: string;
  /** Zero-based lines that ran then and do not now. */
  readonly lost: readonly number[];
  /** Zero-based lines that were not there then and do not run. */
  readonly added: readonly number[];
  /** Where only the counts of then are known: percent then and now. */
  readonly fell?: { readonly before: number; readonly now: number };
}

/** Lines are known again by their texts, so that those that only moved are not new. `textOf`: what was measured now. */
export function compareCoverage(
  best: CoverageSnapshot,
  coverage: readonly FileCoverage[],
  textOf: (path: string) => string | undefined,
): CoverageChange {
  const files = coverage.flatMap((file): readonly FileChange[] => {
    const change = compareFile(best.files[file.path], file, textOf(file.path));
    return change === undefined ? [] : [change];
  });
  return {
    before: percentOf(best),
    now: percentOf(totalOf(coverage)),
    files: files.toSorted((a, b) => b.lost.length + b.added.length - a.lost.length - a.added.length),
  };
}

function compareFile(
  before: FileSnapshot | undefined,
  { path, covered, missed, ...counts }: FileCoverage,
  text: string | undefined,
): FileChange | undefined {
  if (before === undefined) return missed.length === 0 ? undefined : { path, lost: [], added: missed };
  if (text === undefined || before.ran === undefined || before.missed === undefined) {
    const fell = { before: percentOf(before), now: percentOf(counts) };
    return fell.now < fell.before ? { path, lost: [], added: [], fell } : undefined;
  }
  const prints = linePrints(text);
  const stillMissed = countEach(before.missed);
  const ran = countEach(before.ran);
  // A line that runs now is not lost, even where another of the same text does not run.
  for (const line of covered) takeOne(ran, prints[line] ?? '');
  const lost: number[] = [];
  const added: number[] = [];
  for (const line of missed) {
    const print = prints[line] ?? '';
    if (takeOne(stillMissed, print)) continue;
    if (takeOne(ran, print)) lost.push(line);
    else added.push(line);
  }
  return lost.length + added.length === 0 ? undefined : { path, lost, added };
}

function countEach(prints: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const print of prints) counts.set(print, (counts.get(print) ?? 0) + 1);
  return counts;
}

function takeOne(counts: Map<string, number>, print: string): boolean {
  const count = counts.get(print) ?? 0;
  if (count > 0) counts.set(print, count - 1);
  return count > 0;
}
