import type { FileCoverage } from '../../../protocol/tests.ts';
import type { TestGaps } from '../../generation/promptInput.ts';
import { rangesOf } from '../../testing/coverage/lineRanges.ts';

/** What tests did not run of a file. undefined: all of it ran, or no report tells of it. */
export function findGaps(coverage: readonly FileCoverage[] | undefined, path: string): TestGaps | undefined {
  const file = coverage?.find((each) => each.path === path);
  if (file === undefined) return undefined;
  const missed = new Set(file.missed);
  // A condition that does not run at all is told by its line already.
  const branches = (file.branches?.missed ?? []).filter((line) => !missed.has(line));
  if (missed.size === 0 && branches.length === 0) return undefined;
  return {
    lines: rangesOf(withGaps(file)),
    branches: [...new Set(branches)].toSorted((a, b) => a - b),
  };
}

/** The missed lines, with those between them that hold nothing to run: one range for what is read as one part. */
function withGaps({ covered, missed }: FileCoverage): readonly number[] {
  const ran = new Set(covered);
  return missed
    .toSorted((a, b) => a - b)
    .flatMap((line, index, all) => {
      const next = all[index + 1] ?? line + 1;
      const between = Array.from({ length: next - line }, (_, step) => line + step);
      return between.some((each) => ran.has(each)) ? [line] : between;
    });
}
