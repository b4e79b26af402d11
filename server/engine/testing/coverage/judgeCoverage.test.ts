import assert from 'node:assert/strict';
import type { FileCoverage } from '../../../protocol/tests.ts';
import { compareCoverage } from './compareCoverage.ts';
import { parseSnapshot, takeSnapshot } from './coverageSnapshot.ts';
import { judgeCoverage, type CoverageDemand, type CoverageVerdict } from './judgeCoverage.ts';

const nothing: CoverageDemand = {
  minCoverage: undefined,
  failUnder: undefined,
  ratchet: false,
  showMissing: false,
  skipCovered: false,
};
const covered = (path: string, lines: number, missed: readonly number[]): FileCoverage => ({
  path,
  lines,
  coveredLines: lines - missed.length,
  covered: Array.from({ length: lines }, (_, line) => line).filter((line) => !missed.includes(line)),
  missed,
});
const coverage = [covered('src/a.ts', 10, [0, 1, 2, 8]), covered('src/b.ts', 10, [])];

type Level = CoverageVerdict['level'];

const rows: readonly (readonly [
  title: string,
  wish: Partial<CoverageDemand>,
  given: readonly FileCoverage[] | undefined,
  level: Level,
  message: string,
])[] = [
  [
    'enough of the file',
    { minCoverage: 60 },
    coverage,
    'good',
    'src/a.ts is covered to 60 % of at least 60 %.',
  ],
  [
    'too little of the file',
    { minCoverage: 60.1 },
    coverage,
    'warning',
    'src/a.ts is covered to 60 % of at least 60.1 %.',
  ],
  ['enough of all', { failUnder: 80 }, coverage, 'good', 'All files are covered to 80 % of at least 80 %.'],
  [
    'too little of all',
    { failUnder: 81 },
    coverage,
    'failure',
    'All files are covered to 80 % of at least 81 %.',
  ],
  [
    'a file that no test loads',
    { minCoverage: 1 },
    [],
    'warning',
    'src/a.ts is covered to 0 % of at least 1 %.',
  ],
  [
    'tests that load no file',
    { failUnder: 1 },
    [],
    'failure',
    'All files are covered to 0 % of at least 1 %.',
  ],
  [
    'nothing known where a part is asked',
    { minCoverage: 1 },
    undefined,
    'warning',
    'The runner told nothing of coverage; for pytest, install pytest-cov.',
  ],
  [
    'nothing known where all is asked',
    { failUnder: 1 },
    undefined,
    'failure',
    'The runner told nothing of coverage; for pytest, install pytest-cov.',
  ],
  [
    'what is missing',
    { showMissing: true },
    coverage,
    'good',
    'src/a.ts: not lines 1-3, 9. src/b.ts: all lines.',
  ],
  [
    'only what is missing',
    { showMissing: true, skipCovered: true },
    coverage,
    'good',
    'src/a.ts: not lines 1-3, 9.',
  ],
  [
    'a first run',
    { ratchet: true },
    coverage,
    'good',
    'Coverage was not measured before; from now on it may not fall.',
  ],
];

describe('coverage', () => {
  for (const [title, wish, given, level, message] of rows)
    it(`tells of ${title}`, () => {
      const verdict = judgeCoverage({ ...nothing, ...wish }, { coverage: given, files: ['src/a.ts'] });
      assert.deepEqual([verdict.level, verdict.message], [level, message]);
    });

  it('names the first lines that are missing as the place of what is wanting', () => {
    const { findings } = judgeCoverage(
      { ...nothing, minCoverage: 90, failUnder: 90 },
      { coverage, files: ['src/a.ts'] },
    );
    assert.deepEqual(
      findings.map(({ path, severity, range }) => [path, severity, range.start.line, range.end.line]),
      [
        ['src/a.ts', 'warning', 0, 3],
        ['src/a.ts', 'error', 0, 3],
      ],
    );
  });
});

const text = [
  'def f(x):',
  '    if x:',
  '        return 1',
  '    return 2',
  '',
  'def g():',
  '    return 3',
].join('\n');
const before: FileCoverage = {
  ...{ path: 'a.py', lines: 6, coveredLines: 5 },
  ...{ covered: [0, 1, 2, 3, 5], missed: [6] },
};

describe('coverage beside the best so far', () => {
  const best = takeSnapshot([before], () => text, 1);
  const judge = (now: FileCoverage, changed: string): CoverageVerdict =>
    judgeCoverage(
      { ...nothing, ratchet: true },
      { coverage: [now], files: [], change: compareCoverage(best, [now], () => changed) },
    );

  it('is good where it is the same, although all lines have moved', () => {
    const moved = { ...before, covered: before.covered.map((line) => line + 2), missed: [8] };
    const verdict = judge(moved, `# one\n# two\n${text}`);
    assert.deepEqual(
      [verdict.level, verdict.message],
      ['good', 'Coverage is 83.3 %; the best so far was 83.3 %.'],
    );
  });

  it('names the lines that were covered and are not, and the new ones that are not', () => {
    const now: FileCoverage = {
      ...{ path: 'a.py', lines: 8, coveredLines: 4 },
      ...{ covered: [0, 1, 2, 6], missed: [3, 4, 7, 8] },
    };
    const changed = text
      .replace('    return 2', '    x += 1\n    return 2')
      .replace('    return 3', '    return 3\n    yield 4');
    const verdict = judge(now, changed);
    assert.equal(verdict.level, 'failure');
    assert.equal(
      verdict.message,
      'Coverage fell from 83.3 % to 50 %. a.py: line 5 was covered and is not any more, lines 4, 9 are new and not covered.',
    );
    assert.deepEqual(
      verdict.findings.map(({ path, code, range }) => [path, code, range.start.line]),
      [['a.py', 'tests.coverage-fell', 3]],
    );
  });

  it('does not take a new line for one of the same text that still runs', () => {
    const now: FileCoverage = { ...before, lines: 8, missed: [6, 8, 9] };
    const { message } = judge(now, `${text}\n\n    return 1\n    yield 5`);
    assert.match(message, /a\.py: lines 9-10 are new and not covered\./u);
  });

  it('tells figures alone where no lines are known', () => {
    const now: FileCoverage = { ...before, coveredLines: 3, covered: [0, 1, 2], missed: [3, 5, 6] };
    const counted = takeSnapshot([before], () => undefined, 1);
    const change = compareCoverage(counted, [now], () => text);
    const verdict = judgeCoverage({ ...nothing, ratchet: true }, { coverage: [now], files: [], change });
    assert.equal(
      verdict.message,
      'Coverage fell from 83.3 % to 50 %. a.py: coverage fell from 83.3 % to 50 %.',
    );
  });

  it('is read again as it was written, and damage is told', () => {
    assert.deepEqual(parseSnapshot(JSON.stringify(best)), best);
    const written = JSON.stringify(best);
    for (let end = 0; end < written.length; end += 1)
      assert.equal(parseSnapshot(written.slice(0, end)), undefined);
  });
});
