import assert from 'node:assert/strict';
import type { TestCase } from '../../protocol/tests.ts';
import type { ViewState } from '../../protocol/viewState.ts';
import { testLenses } from './testLenses.ts';

type Status = TestCase['status'];

/** The lenses over tests that all stand in line 4, as `line title`. */
function titles(...statuses: readonly Status[]): readonly string[] {
  return lensesOver(statuses).map(({ range, command }) => `${range.start.line} ${command?.title}`);
}

function lensesOver(statuses: readonly Status[]) {
  const tests = statuses.map((status, index): TestCase => ({
    id: `t[${index}]`,
    name: 't',
    suites: [],
    line: 4,
    status,
    ms: 1.4,
  }));
  const file = {
    folder: '/w',
    path: 't.py',
    runner: 'pytest',
    phase: 'user',
    run: 'r',
    at: 1,
    tests,
  } as const;
  const view = { tests: [file] } as Pick<ViewState, 'tests'> as ViewState;
  return testLenses('/w', 't.py', view);
}

describe('the lenses over tests', () => {
  const all = '0 $(run-all) Run All Tests';
  const run = '4 $(play) Run';
  const cases: readonly (readonly [string, readonly Status[], string])[] = [
    ['one test', ['passed'], '4 $(pass) Passed (1 ms)'],
    ['one test that failed', ['failed'], '4 $(error) Failed (1 ms)'],
    ['cases that all passed', ['passed', 'passed', 'skipped'], '4 $(pass) 2 passed (4 ms)'],
    ['cases of which some are red', ['passed', 'failed', 'errored'], '4 $(error) 2 of 3 failed (4 ms)'],
    ['cases that were skipped', ['skipped', 'skipped'], '4 $(debug-step-over) 2 skipped (3 ms)'],
  ];
  for (const [what, statuses, expected] of cases) {
    it(`tell of ${what} once`, () => assert.deepEqual(titles(...statuses), [all, expected, run]));
  }

  it('run all cases of their line', () => {
    const [, , lens] = lensesOver(['passed', 'failed']);
    assert.deepEqual(lens?.command?.arguments, [{ folder: '/w', paths: ['t.py'], ids: ['t[0]', 't[1]'] }]);
  });

  it('are not shown over a file without results', () => {
    assert.deepEqual(
      testLenses('/w', 'other.py', { tests: [] } as Pick<ViewState, 'tests'> as ViewState),
      [],
    );
  });
});
