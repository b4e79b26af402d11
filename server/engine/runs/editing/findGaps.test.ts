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

/** All lines are zero-based. */
const cases: readonly (readonly [
  title: string,
  file: FileCoverage,
  lines: readonly (readonly [number, number])[],
  branches: readonly number[],
])[] = [
  ['joins lines that have nothing to run between them', coverageOf([0], [2, 3, 4, 9]), [[2, 9]], []],
  [
    'parts ranges where a line between them runs',
    coverageOf([0, 3, 8], [2, 4, 6, 9]),
    [
      [2, 2],
      [4, 6],
      [9, 9],
    ],
    [],
  ],
  [
    'sorts',
    coverageOf([5], [7, 2, 3]),
    [
      [2, 3],
      [7, 7],
    ],
    [],
  ],
  ['tells conditions of lines that run, once', coverageOf([0, 4], [2], [4, 2, 4]), [[2, 2]], [4]],
  ['tells conditions alone', coverageOf([0, 4], [], [4, 0]), [], [0, 4]],
];

describe('findGaps', () => {
  for (const [title, file, lines, branches] of cases) {
    it(title, () => assert.deepEqual(findGaps([file], path), { lines, branches }));
  }

  it('has nothing to tell where all ran, nothing was measured or the file is not in the report', () => {
    const whole = coverageOf([0, 1], [], []);
    assert.deepEqual(
      [findGaps([whole], path), findGaps(undefined, path), findGaps([whole], 'src/b.py')],
      [undefined, undefined, undefined],
    );
  });
});
