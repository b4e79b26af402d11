import assert from 'node:assert/strict';
import type { TestCase, TestRunOutcome } from '../../../protocol/tests.ts';
import { judgeKept, judgeMended } from './judgeEdit.ts';
import type { Verdict } from './judgeProof.ts';

const [ok, no, bad, off] = ['passed', 'failed', 'errored', 'skipped'] as const;
type Tests = readonly (readonly [id: string, status: TestCase['status'], path?: string])[];

const asTests = (tests: Tests): readonly TestCase[] =>
  tests.map(([id, status, path = 'test/a.test.js']) => ({ id, name: id, suites: [], path, status, ms: 1 }));

const finished = (tests: Tests): TestRunOutcome => ({ kind: 'finished', tests: asTests(tests), ms: 1 });

const cases: readonly (readonly [
  title: string,
  before: Tests,
  after: Tests,
  kept: Verdict['kind'],
  mended: Verdict['kind'],
])[] = [
  ['all stays green', [['a', ok]], [['a', ok]], 'proven', 'proven'],
  [
    'red becomes green',
    [
      ['a', ok],
      ['b', no],
    ],
    [
      ['a', ok],
      ['b', ok],
    ],
    'proven',
    'proven',
  ],
  [
    'red stays red',
    [
      ['a', ok],
      ['b', no],
    ],
    [
      ['a', ok],
      ['b', no],
    ],
    'proven',
    'red',
  ],
  ['green becomes red', [['a', ok]], [['a', no]], 'red', 'red'],
  ['green becomes an error', [['a', ok]], [['a', bad]], 'red', 'red'],
  [
    'another test becomes red',
    [['a', no]],
    [
      ['a', ok],
      ['b', no],
    ],
    'red',
    'red',
  ],
  [
    'a green test is gone',
    [
      ['a', ok],
      ['b', ok],
    ],
    [['a', ok]],
    'red',
    'red',
  ],
  [
    'a green test is skipped',
    [
      ['a', ok],
      ['b', ok],
    ],
    [
      ['a', ok],
      ['b', off],
    ],
    'red',
    'red',
  ],
  [
    'a red test is gone',
    [
      ['a', ok],
      ['b', no],
    ],
    [['a', ok]],
    'proven',
    'red',
  ],
  [
    'a red test is skipped',
    [
      ['a', ok],
      ['b', no],
    ],
    [
      ['a', ok],
      ['b', off],
    ],
    'proven',
    'red',
  ],
  [
    'a skipped test stays skipped',
    [
      ['a', ok],
      ['b', off],
    ],
    [
      ['a', ok],
      ['b', off],
    ],
    'proven',
    'proven',
  ],
  [
    'a file loads again',
    [['file', bad]],
    [
      ['a', ok],
      ['b', ok],
    ],
    'proven',
    'proven',
  ],
  ['another file loads instead', [['file', bad]], [['a', ok, 'test/b.test.js']], 'proven', 'red'],
  ['a file that did not load holds skipped tests', [['file', bad]], [['a', off]], 'proven', 'red'],
  ['nothing runs', [], [], 'proven', 'red'],
];

describe('judgeKept and judgeMended', () => {
  for (const [title, before, after, kept, mended] of cases) {
    it(title, () => {
      const proof = { outcome: finished(after), baseline: asTests(before), edited: ['src/a.js'] };
      assert.deepEqual([judgeKept(proof).kind, judgeMended(proof).kind], [kept, mended]);
    });
  }

  for (const [outcome, kind] of [
    [{ kind: 'noReport', message: 'x', output: '' }, 'red'],
    [{ kind: 'timedOut', message: 'x', ms: 1 }, 'red'],
    [{ kind: 'notConfined', message: 'x' }, 'stop'],
    [{ kind: 'cancelled' }, 'stop'],
  ] as const) {
    it(`takes a run that is ${outcome.kind} for ${kind}`, () => {
      const proof = { outcome, baseline: [], edited: [] };
      assert.deepEqual([judgeKept(proof).kind, judgeMended(proof).kind], [kind, kind]);
    });
  }

  it('counts what passed and failed before and now', () => {
    const proof = {
      outcome: finished([
        ['a', ok],
        ['b', ok],
      ]),
      baseline: asTests([
        ['a', ok],
        ['b', no],
      ]),
      edited: [],
    };
    const verdict = judgeMended(proof);
    assert.equal(
      verdict.kind === 'proven' && verdict.summary,
      '1 test that failed passes now (1 passed and 1 failed before, 2 and 0 now).',
    );
  });
});
