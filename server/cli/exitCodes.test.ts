import assert from 'node:assert/strict';
import type { RunOutcome } from '../protocol/runEvents.ts';
import type { Finding, Severity } from '../protocol/text.ts';
import type { TestCase, TestRunOutcome, TestStatus } from '../protocol/tests.ts';
import { exitCodeOfCheck, exitCodeOfRun, exitCodeOfTests } from './exitCodes.ts';

const runs: readonly (readonly [RunOutcome, string, number])[] = [
  ['landed', 'ok', 0],
  ['landed', 'tests.red-in-place', 1],
  ['landed', 'tests.not-run-in-place', 0],
  ['proposed', 'ok', 0],
  ['unchanged', 'ok', 0],
  ['failed', 'proof.red', 1],
  ['failed', 'model.unreachable', 1],
  ['failed', 'internal.fault', 2],
  ['interrupted', 'interrupted', 2],
  ['refused', 'trust.missing', 3],
  ['refused', 'budget.usd', 3],
  ['refused', 'internal.journal', 2],
  ['rejected', 'rejected', 3],
  ['cancelled', 'cancelled', 130],
  ['cancelled', 'internal.fault', 130],
];

const message = 'what to do';
const tests: readonly (readonly [
  string,
  TestRunOutcome,
  { outcome?: RunOutcome; code?: string } | undefined,
  number,
])[] = [
  ['green tests', finished('passed', 'skipped'), undefined, 0],
  ['a red test', finished('passed', 'failed'), undefined, 1],
  ['a test that could not run', finished('errored'), undefined, 1],
  ['no tests', { kind: 'noTests', message }, undefined, 1],
  ['no report', { kind: 'noReport', message, output: '' }, undefined, 1],
  ['a time-out', { kind: 'timedOut', message, ms: 1 }, undefined, 1],
  ['a missing runner', { kind: 'runnerMissing', message }, undefined, 2],
  ['no sandbox', { kind: 'notConfined', message }, undefined, 3],
  ['a stop', { kind: 'cancelled' }, undefined, 130],
  [
    'missing trust',
    { kind: 'noReport', message, output: '' },
    { outcome: 'refused', code: 'trust.missing' },
    3,
  ],
  ['a fault of ours', finished('passed'), { outcome: 'failed', code: 'internal.fault' }, 2],
];

const checks: readonly (readonly [readonly Severity[], number | undefined, number])[] = [
  [[], undefined, 0],
  [[], 0, 0],
  [['warning', 'warning', 'information', 'hint'], undefined, 0],
  [['warning', 'warning'], 2, 0],
  [['warning', 'warning'], 1, 1],
  [['hint', 'information'], 0, 0],
  [['error'], undefined, 1],
  [['error'], 5, 1],
];

describe('exit codes', () => {
  for (const [outcome, code, expected] of runs) {
    it(`is ${expected} for a run that is ${outcome} with ${code}`, () => {
      assert.equal(exitCodeOfRun({ outcome, code }), expected);
    });
  }

  for (const [what, outcome, end, expected] of tests) {
    it(`is ${expected} for ${what}`, () => assert.equal(exitCodeOfTests({ outcome }, end), expected));
  }

  for (const [why, expected] of [
    ['noProgram', 1],
    ['noRunner', 0],
  ] as const)
    it(`is ${expected} for green tests beside some that did not run (${why})`, () => {
      const notRun = [{ why, paths: ['b_test.go'], message }];
      assert.equal(exitCodeOfTests({ outcome: finished('passed'), notRun }), expected);
    });

  for (const [severities, maxWarnings, expected] of checks) {
    it(`is ${expected} for findings [${severities.join(', ')}] with at most ${maxWarnings ?? 'any number of'} warnings`, () => {
      assert.equal(exitCodeOfCheck(severities.map(finding), maxWarnings), expected);
    });
  }
});

function finished(...statuses: readonly TestStatus[]): TestRunOutcome {
  const cases = statuses.map((status, at): TestCase => ({
    id: `${at}`,
    name: `${at}`,
    suites: [],
    status,
    ms: 1,
  }));
  return { kind: 'finished', tests: cases, ms: 1 };
}

function finding(severity: Severity): Finding {
  const start = { line: 0, character: 0 };
  return { path: 'a.js', range: { start, end: start }, severity, code: 'x.y', message };
}
