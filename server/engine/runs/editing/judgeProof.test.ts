import assert from 'node:assert/strict';
import type { TestCase, TestRunOutcome } from '../../../protocol/tests.ts';
import { judgeProof, type Verdict } from './judgeProof.ts';

function test(id: string, status: TestCase['status'] = 'passed', path = 'test/new.test.js'): TestCase {
  return { id, name: id, suites: [], path, status, ms: 1 };
}

function finished(...tests: readonly TestCase[]): TestRunOutcome {
  return { kind: 'finished', tests, ms: 1 };
}

const old = (id: string, status: TestCase['status'] = 'passed'): TestCase =>
  test(id, status, 'test/old.test.js');

const cases: readonly {
  readonly title: string;
  readonly outcome: TestRunOutcome;
  readonly baseline?: readonly TestCase[];
  readonly verdict: Verdict['kind'];
}[] = [
  { title: 'new tests that pass are proven', outcome: finished(test('a')), verdict: 'proven' },
  { title: 'a red new test is sent back', outcome: finished(test('a'), test('b', 'failed')), verdict: 'red' },
  {
    title: 'an error while a file is loaded is sent back',
    outcome: finished(test('a', 'errored')),
    verdict: 'red',
  },
  { title: 'only skipped tests prove nothing', outcome: finished(test('a', 'skipped')), verdict: 'red' },
  {
    title: 'a test that was red before does not count against the edit',
    outcome: finished(test('a'), old('o', 'failed')),
    baseline: [old('o', 'failed')],
    verdict: 'proven',
  },
  {
    title: 'a test that passed before and fails now is sent back',
    outcome: finished(test('a'), old('o', 'failed')),
    baseline: [old('o')],
    verdict: 'red',
  },
  {
    title: 'a test that passed before and vanished is sent back',
    outcome: finished(test('a')),
    baseline: [old('o')],
    verdict: 'red',
  },
  {
    title: 'an edit that adds no test is sent back',
    outcome: finished(test('a')),
    baseline: [test('a')],
    verdict: 'red',
  },
  {
    title: 'a red test in the edited file counts even if it was red before',
    outcome: finished(test('a'), test('b', 'failed')),
    baseline: [test('b', 'failed')],
    verdict: 'red',
  },
  { title: 'no collected test is sent back', outcome: { kind: 'noTests', message: 'none' }, verdict: 'red' },
  {
    title: 'a crash before the first test is sent back',
    outcome: { kind: 'noReport', message: 'crashed', output: '' },
    verdict: 'red',
  },
  {
    title: 'a test that hangs is sent back',
    outcome: { kind: 'timedOut', message: 'too long', ms: 1 },
    verdict: 'red',
  },
  {
    title: 'a missing runner stops the run',
    outcome: { kind: 'runnerMissing', message: 'install it' },
    verdict: 'stop',
  },
  {
    title: 'a sandbox that cannot start stops the run',
    outcome: { kind: 'notConfined', message: 'no bwrap' },
    verdict: 'stop',
  },
  { title: 'a person who stops the tests stops the run', outcome: { kind: 'cancelled' }, verdict: 'stop' },
];

describe('the verdict on an edit', () => {
  for (const { title, outcome, baseline = [], verdict } of cases) {
    it(title, () =>
      assert.equal(judgeProof({ outcome, baseline, edited: ['test/new.test.js'] }).kind, verdict),
    );
  }
});
