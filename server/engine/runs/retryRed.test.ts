import assert from 'node:assert/strict';
import type { TestCase, TestStatus } from '../../protocol/tests.ts';
import type { TestRunResult } from '../testing/runTests.ts';
import { retryRed, type RetryOrder } from './retryRed.ts';

const testOf = (text: string): TestCase => {
  const [id = '', status = 'passed'] = text.split(' ');
  const failure = { message: 'm', detail: 'm', frames: [] };
  const base = { id, name: id, suites: [], path: id.split('::')[0] ?? '', ms: 1 };
  return { ...base, status: statusOf(status), ...(status === 'passed' ? {} : { failure }) };
};
const statusOf = (text: string): TestStatus =>
  text === 'failed' || text === 'errored' || text === 'skipped' || text === 'flaky' ? text : 'passed';
const finished = (...tests: readonly string[]): TestRunResult => ({
  outcome: { kind: 'finished', tests: tests.map(testOf), ms: 1 },
});
const noTests: TestRunResult = { outcome: { kind: 'noTests', message: 'none' } };

describe('Red tests that run again on the same text', () => {
  /** The first run, what each further one gives, the orders they get, and what comes of it. */
  const cases: readonly (readonly [
    string,
    TestRunResult,
    readonly TestRunResult[],
    readonly RetryOrder[],
    readonly string[],
  ])[] = [
    [
      'are flaky when they pass then',
      finished('a::x failed', 'a::y'),
      [finished('a::x')],
      [{ files: ['a'], ids: ['a::x'] }],
      ['a::x flaky', 'a::y passed'],
    ],
    [
      'are red when they fail again',
      finished('a::x failed'),
      [finished('a::x failed')],
      [{ files: ['a'], ids: ['a::x'] }],
      ['a::x failed'],
    ],
    [
      'are red when they are skipped then',
      finished('a::x failed'),
      [finished('a::x skipped')],
      [{ files: ['a'], ids: ['a::x'] }],
      ['a::x failed'],
    ],
    [
      'get as many times as are allowed, each only what is still red',
      finished('a::x failed', 'b::y errored'),
      [finished('a::x', 'b::y errored'), finished('b::y')],
      [
        { files: ['a', 'b'], ids: ['a::x', 'b::y'] },
        { files: ['b'], ids: ['b::y'] },
      ],
      ['a::x flaky', 'b::y flaky'],
    ],
    [
      'stay red when the retry does not finish',
      finished('a::x failed'),
      [noTests],
      [{ files: ['a'], ids: ['a::x'] }],
      ['a::x failed'],
    ],
    [
      'run as a whole file when it could not be loaded, which gives its tests',
      finished('a:: errored'),
      [finished('a::x', 'a::y')],
      [{ files: ['a'], ids: [] }],
      ['a:: flaky', 'a::x passed', 'a::y passed'],
    ],
    [
      'are those of a file that still cannot be loaded',
      finished('a:: errored'),
      [finished('a:: errored')],
      [{ files: ['a'], ids: [] }],
      ['a:: errored'],
    ],
    ['do not run when none is red', finished('a::x', 'a::y flaky'), [], [], ['a::x passed', 'a::y flaky']],
    [
      'do not run when nothing says where they are',
      {
        outcome: {
          kind: 'finished',
          ms: 1,
          tests: [{ id: '::', name: '', suites: [], ms: 0, status: 'errored' }],
        },
      },
      [],
      [],
      [':: errored'],
    ],
    [
      'do not run when they are too many',
      finished(...Array.from({ length: 51 }, (_, at) => `a::${at} failed`)),
      [],
      [],
      Array.from({ length: 51 }, (_, at) => `a::${at} failed`),
    ],
  ];
  for (const [title, first, further, orders, expected] of cases) {
    it(title, async () => {
      const seen: RetryOrder[] = [];
      const result = await retryRed(first, Math.max(1, further.length), (order) => {
        seen.push(order);
        return Promise.resolve(further[seen.length - 1] ?? noTests);
      });
      assert.deepEqual(seen, orders);
      assert.ok(result.outcome.kind === 'finished');
      assert.deepEqual(
        result.outcome.tests.map(({ id, status }) => `${id} ${status}`),
        expected,
      );
      for (const test of result.outcome.tests)
        assert.equal(
          test.failure !== undefined,
          ['flaky', 'failed', 'errored'].includes(test.status) && test.id !== '::',
        );
    });
  }

  it('do not run when no retry is allowed', async () => {
    const first = finished('a::x failed');
    const result = await retryRed(first, 0, () => assert.fail('It ran again.'));
    assert.equal(result, first);
  });
});
