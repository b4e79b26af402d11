import assert from 'node:assert/strict';
import type { CandidateReport } from '../../protocol/candidates.ts';
import { renderCandidates, summarizeCandidates } from './renderCandidates.ts';

const score = { killed: 0, survived: 0, noCoverage: 0, invalid: 0, notRun: 0 };
const report: CandidateReport = {
  path: 'test/a.test.js',
  candidates: 4,
  kept: [{ name: 'adds', lines: 3, kills: 2 }],
  dropped: [
    { name: 'fails', filter: 'passes', reason: 'fails: 1 is not 2' },
    { name: 'sleeps', filter: 'hygiene', reason: 'waits with `sleep(1)`' },
    { name: 'copies', filter: 'hygiene', reason: 'does the same as the test "adds"' },
  ],
  redFirst: false,
  coverage: { path: 'src/a.js', lines: 12, before: 4, after: 7 },
  mutation: {
    before: { ...score, killed: 3, survived: 5, noCoverage: 4 },
    after: { ...score, killed: 6, survived: 2, noCoverage: 4 },
    living: [],
  },
  unmeasured: [],
  runs: 9,
  ms: 4_200,
};

describe('the report on generated tests', () => {
  it('tells what was kept and dropped, and what that changed', () => {
    assert.deepEqual(renderCandidates(report), [
      'Of 4 new tests, 1 kept and 3 dropped (1 not passing, 2 unclean).',
      'Dropped: "fails" fails: 1 is not 2.',
      'Dropped: "sleeps" waits with `sleep(1)`.',
      'Dropped: "copies" does the same as the test "adds".',
      'Lines of src/a.js that tests run: 4 before, 7 now, of 12.',
      'Mutants that tests kill: 3 of 12 (25 %) before, 6 of 12 (50 %) now.',
      'This took 9 runs of the tests beside the mutants, 5 s in all.',
    ]);
  });

  it('says what was not measured instead', () => {
    const { coverage: _, mutation: __, ...rest } = report;
    const unmeasured = ['Coverage was not measured: Coverage needs pytest-cov.'];
    assert.deepEqual(summarizeCandidates({ ...rest, redFirst: true, unmeasured }), [
      'Of 4 new tests, 1 kept and 3 dropped (1 not red, 2 unclean).',
      'Coverage was not measured: Coverage needs pytest-cov.',
    ]);
  });

  it('names some of many', () => {
    const dropped = Array.from({ length: 14 }, (_, at) => ({
      name: `n${at}`,
      filter: 'coverage' as const,
      reason: 'adds nothing',
    }));
    const lines = renderCandidates({ ...report, candidates: 15, dropped });
    assert.equal(lines.filter((line) => line.startsWith('Dropped:')).length, 10);
    assert.ok(lines.includes('And 4 more were dropped.'));
  });
});
