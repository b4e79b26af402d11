import assert from 'node:assert/strict';
import type { FileCoverage } from '../../../protocol/tests.ts';
import { judgeCoverage } from './judgeCoverage.ts';

const off = {
  ...{
    shell: false,
    idempotent: false,
    sandbox: false,
    mayChangeTests: false,
    redFirst: false,
    ratchet: false,
  },
  ...{ showMissing: false, skipCovered: false },
};
const covered = (path: string, lines: number, missed: readonly number[]): FileCoverage => ({
  path,
  lines,
  coveredLines: lines - missed.length,
  covered: Array.from({ length: lines }, (_, line) => line).filter((line) => !missed.includes(line)),
  missed,
});
const coverage = [covered('src/a.ts', 10, [0, 1, 2, 8]), covered('src/b.ts', 10, [])];

const rows: readonly (readonly [
  title: string,
  wish: Partial<Parameters<typeof judgeCoverage>[0]>,
  given: readonly FileCoverage[] | undefined,
  isLow: boolean,
  message: string,
])[] = [
  [
    'enough of the file',
    { minCoverage: 60 },
    coverage,
    false,
    'src/a.ts is covered to 60 % of at least 60 %.',
  ],
  [
    'too little of the file',
    { minCoverage: 60.1 },
    coverage,
    true,
    'src/a.ts is covered to 60 % of at least 60.1 %.',
  ],
  ['enough of all', { failUnder: 80 }, coverage, false, 'All files are covered to 80 % of at least 80 %.'],
  ['too little of all', { failUnder: 81 }, coverage, true, 'All files are covered to 80 % of at least 81 %.'],
  ['a file that no test loads', { minCoverage: 1 }, [], true, 'src/a.ts is covered to 0 % of at least 1 %.'],
  [
    'nothing known',
    { minCoverage: 1 },
    undefined,
    true,
    'The runner told nothing of coverage; for pytest, install pytest-cov.',
  ],
  [
    'what is missing',
    { switches: { ...off, showMissing: true } },
    coverage,
    false,
    'src/a.ts: not lines 1-3, 9. src/b.ts: all lines.',
  ],
  [
    'only what is missing',
    { switches: { ...off, showMissing: true, skipCovered: true } },
    coverage,
    false,
    'src/a.ts: not lines 1-3, 9.',
  ],
];

describe('coverage', () => {
  for (const [title, wish, given, isLow, message] of rows)
    it(`tells of ${title}`, () =>
      assert.deepEqual(
        judgeCoverage(
          { minCoverage: undefined, failUnder: undefined, switches: off, ...wish },
          'src/a.ts',
          given,
        ),
        { isLow, message },
      ));
});
