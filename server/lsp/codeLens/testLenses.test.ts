import assert from 'node:assert/strict';
import type { TestCase } from '../../protocol/tests.ts';
import type { ViewState } from '../../protocol/viewState.ts';
import { testLenses, type TestLensParts } from './testLenses.ts';

type Status = TestCase['status'];

/** The lenses over tests that all stand in line 4, as `line title`. */
function titles(...statuses: readonly Status[]): readonly string[] {
  return lensesOver(statuses).map(({ range, command }) => `${range.start.line} ${command?.title}`);
}

const quiet = {
  message: '',
  rules: 0,
  running: 0,
  waiting: 0,
  spentToday: { usd: 0, tokens: 0, unknownPrice: false },
};
const idle: ViewState = { status: { state: 'idle', model: 'm', ...quiet }, runs: [], tests: [] };

function viewOf(
  statuses: readonly Status[],
  status: Pick<ViewState['status'], 'state' | 'model'>,
): ViewState {
  const frames = [
    { path: 't.py', line: 5 },
    { path: 'src.py', line: 1 },
  ];
  const tests = statuses.map((each, index): TestCase => ({
    id: `t[${index}]`,
    name: 't',
    suites: [],
    line: 4,
    status: each,
    ms: 1.4,
    ...(each === 'failed' ? { failure: { message: 'm', detail: 'd', frames } } : {}),
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
  return { status: { ...status, ...quiet }, runs: [], tests: [file] };
}

function lensesOver(statuses: readonly Status[], more: Partial<TestLensParts> = {}) {
  const view = viewOf(statuses, { state: 'idle', model: 'm' });
  return testLenses({ root: '/w', path: 't.py', view, declared: undefined, rulesFor: () => [], ...more });
}

describe('the lenses over tests', () => {
  const all = '0 $(run-all) Run All Tests';
  const run = '4 $(play) Run';
  const debug = '4 $(debug-alt) Debug';
  const cases: readonly (readonly [string, readonly Status[], string])[] = [
    ['one test', ['passed'], '4 $(pass) Passed (1 ms)'],
    ['one test that failed', ['failed'], '4 $(error) Failed (1 ms)'],
    ['cases that all passed', ['passed', 'passed', 'skipped'], '4 $(pass) 2 passed (4 ms)'],
    ['cases of which some are red', ['passed', 'failed', 'errored'], '4 $(error) 2 of 3 failed (4 ms)'],
    ['cases that were skipped', ['skipped', 'skipped'], '4 $(debug-step-over) 2 skipped (3 ms)'],
  ];
  for (const [what, statuses, expected] of cases) {
    it(`tell of ${what} once`, () => assert.deepEqual(titles(...statuses), [all, expected, run, debug]));
  }

  it('run all cases of their line', () => {
    const [, , lens] = lensesOver(['passed', 'failed']);
    assert.deepEqual(lens?.command?.arguments, [{ folder: '/w', paths: ['t.py'], ids: ['t[0]', 't[1]'] }]);
  });

  it('debug them too', () => {
    const [, , , lens] = lensesOver(['passed']);
    assert.deepEqual(lens?.command?.arguments, [
      { folder: '/w', paths: ['t.py'], ids: ['t[0]'], debug: true },
    ]);
  });

  it('are not shown over a file without tests', () => {
    for (const declared of [undefined, []])
      assert.deepEqual(
        testLenses({ root: '/w', path: 'o.py', view: idle, declared, rulesFor: () => [] }),
        [],
      );
  });

  it('stand where the text declares the tests now, also of what has not run', () => {
    const declared = [
      { id: 't.py::new', name: 'new', suites: [], line: 2 },
      { id: 't', name: 't', suites: [], line: 9 },
      { id: 't.py::is %d', name: 'is %d', suites: [], line: 12 },
    ];
    const shown = lensesOver(['passed', 'failed'], { declared });
    assert.deepEqual(
      shown.map(({ range, command }) => `${range.start.line} ${command?.title}`),
      [
        all,
        ...['2 $(play) Run', '2 $(debug-alt) Debug'],
        ...['9 $(error) 1 of 2 failed (3 ms)', '9 $(play) Run', '9 $(debug-alt) Debug'],
        ...['12 $(play) Run', '12 $(debug-alt) Debug'],
      ],
    );
    const asked = [1, 4, 6].map((at) => shown[at]?.command?.arguments);
    assert.deepEqual(
      asked,
      [['t.py::new'], ['t[0]', 't[1]'], []].map((ids) => [{ folder: '/w', paths: ['t.py'], ids }]),
    );
  });

  describe('where a rule mends', () => {
    const rulesFor = (path: string) => [
      { ruleId: 'tests.mdc', name: 'tests', fixes: false },
      ...(path === 'src.py' ? [{ ruleId: 'mend.mdc', name: 'mend', fixes: true }] : []),
    ];
    const fixes = (more: Partial<TestLensParts>): readonly unknown[] =>
      lensesOver(['failed'], { rulesFor, ...more })
        .filter(({ command }) => command?.title.includes('Fix'))
        .map(({ command }) => [command?.title, command?.arguments]);

    it('offer to mend the code on the way to the failure', () => {
      const argument = { ruleId: 'mend.mdc', folder: '/w', path: 'src.py' };
      assert.deepEqual(fixes({}), [['$(wrench) Fix (mend)', [argument]]]);
    });

    it('offer nothing without a model, without such a rule, and in a restricted workspace', () => {
      assert.deepEqual(fixes({ view: viewOf(['failed'], { state: 'restricted', model: 'm' }) }), []);
      assert.deepEqual(fixes({ view: viewOf(['failed'], { state: 'noModel' }) }), []);
      assert.deepEqual(fixes({ rulesFor: () => [] }), []);
    });
  });
});
