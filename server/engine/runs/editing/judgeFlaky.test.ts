import assert from 'node:assert/strict';
import type { TestCase, TestStatus } from '../../../protocol/tests.ts';
import { judgeKept, judgeMended } from './judgeEdit.ts';
import { judgeProof, judgeRedFirst, type Verdict } from './judgeProof.ts';

const test = (name: string, status: TestStatus, path = 'a.test.js'): TestCase => ({
  ...{ id: `${path}::${name}`, name, suites: [], path, ms: 1, status },
  ...(status === 'passed' ? {} : { failure: { message: 'm', detail: 'd', frames: [] } }),
});

describe('A flaky test', () => {
  const written = ['a.test.js'];
  const old = 'old.test.js';
  const cases: readonly (readonly [
    string,
    typeof judgeProof,
    {
      readonly before: readonly TestCase[];
      readonly now: readonly TestCase[];
      readonly edited: readonly string[];
    },
    Verdict['kind'],
  ])[] = [
    [
      'that was written proves nothing, even beside a good one',
      judgeProof,
      { before: [], now: [test('x', 'flaky'), test('y', 'passed')], edited: written },
      'red',
    ],
    [
      'of before is not held against new ones',
      judgeProof,
      {
        before: [test('o', 'passed', old)],
        now: [test('o', 'flaky', old), test('y', 'passed')],
        edited: written,
      },
      'proven',
    ],
    [
      'is not mended',
      judgeMended,
      { before: [test('x', 'failed')], now: [test('x', 'flaky'), test('y', 'passed')], edited: ['a.js'] },
      'red',
    ],
    [
      'that nobody was to mend is not held against the mending',
      judgeMended,
      {
        before: [test('x', 'failed'), test('o', 'passed', old)],
        now: [test('x', 'passed'), test('o', 'flaky', old)],
        edited: ['a.js'],
      },
      'proven',
    ],
    [
      'that passed before is not held against an edit',
      judgeKept,
      {
        before: [test('o', 'passed', old), test('y', 'passed')],
        now: [test('o', 'flaky', old), test('y', 'passed')],
        edited: ['a.js'],
      },
      'proven',
    ],
    ['does not show a bug', judgeRedFirst, { before: [], now: [test('x', 'flaky')], edited: written }, 'red'],
  ];
  for (const [title, judge, { before, now, edited }, kind] of cases) {
    it(title, () => {
      const verdict = judge({ outcome: { kind: 'finished', tests: now, ms: 1 }, baseline: before, edited });
      assert.equal(verdict.kind, kind, JSON.stringify(verdict));
      if (verdict.kind === 'red') {
        assert.match(verdict.message, /^x is flaky: it failed and then passed on the same text/u);
        assert.deepEqual(
          verdict.failed.map(({ name }) => name),
          ['x'],
        );
      }
    });
  }
});
