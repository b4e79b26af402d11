import assert from 'node:assert/strict';
import type { FileCoverage } from '../../../protocol/tests.ts';
import { findGaps } from './findGaps.ts';

const path = 'src/a.py';

function coverageOf(
  covered: readonly number[],
  missed: readonly number[],
  branches?: readonly number[],
): FileCoverage {
  const total = covered.length + missed.length;
  const ways = branches && { covered: 0, total: branches.length, missed: branches };
  return {
    path,
    coveredLines: covered.length,
    lines: total,
    covered,
    missed,
    ...(ways && { branches: ways }),
  };
}

/** Zero-based lines, and how they are told. */
const cases: readonly (readonly [title: string, file: FileCoverage, lines: string, branches: string])[] = [
  ['counts from one', coverageOf([0], [2, 3, 4, 9]), '3-10', ''],
  ['parts ranges where a line between them runs', coverageOf([0, 3, 8], [2, 4, 6, 9]), '3, 5-7, 10', ''],
  ['sorts', coverageOf([5], [7, 2, 3]), '3-4, 8', ''],
  ['tells conditions of lines that run', coverageOf([0, 4], [2], [2, 4, 4]), '3', '5'],
  ['tells conditions alone', coverageOf([0, 4], [], [4]), '', '5'],
];

describe('findGaps', () => {
  for (const [title, file, lines, branches] of cases) {
    it(title, () => assert.deepEqual(findGaps([file], path), { lines, branches }));
  }

  it('shows twenty ranges at most', () => {
    const every = Array.from({ length: 60 }, (_, line) => line);
    const file = coverageOf(
      every.filter((line) => line % 2 === 0),
      every.filter((line) => line % 2 === 1),
    );
    const told = findGaps([file], path)?.lines ?? '';
    assert.equal(told.split(', ').length, 21);
    assert.ok(told.endsWith(', 40, …'));
  });

  it('has nothing to tell where all ran, nothing was measured or the file is not in the report', () => {
    const whole = coverageOf([0, 1], [], []);
    assert.deepEqual(
      [findGaps([whole], path), findGaps(undefined, path), findGaps([whole], 'src/b.py')],
      [undefined, undefined, undefined],
    );
  });
});
