import assert from 'node:assert/strict';
import type { TestCase, TestRunOutcome } from '../../../protocol/tests.ts';
import { judgeFate } from './judgeFate.ts';

const passed: TestCase = { id: 'a', name: 'a', suites: [], status: 'passed', ms: 1 };
const red = (id: string, detail = ''): TestCase => ({
  ...passed,
  ...{ id, status: 'failed', failure: { message: 'no', detail, frames: [] } },
});
const finished = (...tests: readonly TestCase[]): TestRunOutcome => ({ kind: 'finished', tests, ms: 1 });
const said = (output: string): TestRunOutcome => ({ kind: 'noReport', message: 'no', output });

const cases: readonly (readonly [what: string, outcome: TestRunOutcome, fate: object])[] = [
  ['a green run', finished(passed), { kind: 'survived' }],
  ['a run without tests left', finished(), { kind: 'survived' }],
  ['red tests', finished(passed, red('b'), red('c')), { kind: 'killed', by: ['b', 'c'] }],
  ['a test that errs', finished({ ...red('b'), status: 'errored' }), { kind: 'killed', by: ['b'] }],
  ['a test that is red anyway', finished(red('known')), { kind: 'survived' }],
  [
    'a red one beside one that is red anyway',
    finished(red('known'), red('b')),
    { kind: 'killed', by: ['b'] },
  ],
  ['a crash', said('Segmentation fault'), { kind: 'killed', by: [] }],
  ['no tests', { kind: 'noTests', message: '' }, { kind: 'killed', by: [] }],
  ['no end', { kind: 'timedOut', message: '', ms: 1 }, { kind: 'timedOut' }],
  ['a stop', { kind: 'cancelled' }, { kind: 'notRun' }],
  [
    'what Go does not build',
    said('x\nFAIL a [build failed]\n'),
    { kind: 'invalid', reason: 'FAIL a [build failed]' },
  ],
  [
    'what TypeScript does not build',
    finished(red('suite', 'a.ts:1:2 - error TS2322: Type')),
    { kind: 'invalid', reason: 'a.ts:1:2 - error TS2322: Type' },
  ],
  [
    'no runner',
    { kind: 'runnerMissing', message: 'm' },
    { kind: 'fault', code: 'tests.no-runner', message: 'm' },
  ],
  [
    'no sandbox',
    { kind: 'notConfined', message: 'm' },
    { kind: 'fault', code: 'sandbox.unavailable', message: 'm' },
  ],
];

describe('judgeFate', () => {
  for (const [what, outcome, fate] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(judgeFate(outcome, new Set(['known'])), fate));
  }
});
