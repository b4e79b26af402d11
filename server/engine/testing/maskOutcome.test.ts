import assert from 'node:assert/strict';
import type { TestRunOutcome } from '../../protocol/tests.ts';
import { maskOutcome } from './maskOutcome.ts';

// Assembled at run time, so that no scanner takes this file for a leak.
const key = `AKIA${'MNOP2345'.repeat(2)}`;
const test = { id: 'a::b', name: 'b', suites: ['a'], path: 'a.js', status: 'passed', ms: 1 } as const;
const failure = { message: key, detail: `x ${key}`, frames: [], expected: key, actual: 'b' };
const outcomes: readonly TestRunOutcome[] = [
  {
    kind: 'finished',
    ms: 1,
    tests: [test, { ...test, name: key }, { ...test, suites: [key], id: key }, { ...test, failure }],
  },
  { kind: 'noReport', message: key, output: key },
  { kind: 'noTests', message: key },
  { kind: 'runnerMissing', message: key },
  { kind: 'timedOut', message: key, ms: 1 },
  { kind: 'notConfined', message: key, code: 'policy.denied' },
  { kind: 'cancelled' },
];

describe('maskOutcome', () => {
  for (const outcome of outcomes)
    it(`leaves no key in an outcome that is ${outcome.kind}, and nothing else out`, () => {
      const masked = JSON.stringify(maskOutcome(outcome));
      assert.equal(masked, JSON.stringify(outcome).replaceAll(key, '[redacted AWS key id]'));
    });
});
