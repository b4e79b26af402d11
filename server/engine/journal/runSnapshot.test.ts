import assert from 'node:assert/strict';
import type { RunEvent, RunStep } from '../../protocol/runEvents.ts';
import type { TestCase } from '../../protocol/tests.ts';
import { RunLedger } from './runLedger.ts';
import { createSnapshotTaker } from './runSnapshot.ts';

const root = '/w';
const test = (id: string, status: 'passed' | 'failed'): TestCase => ({
  id,
  name: id,
  suites: [],
  status,
  path: 'test/a.test.js',
  ms: 1,
});

/** Two runs of one rule on one file, the second of which sees less than the first one. */
const steps: readonly (readonly RunStep[])[] = [
  [
    started('a'),
    finishedAction('#1', ['old problem']),
    finishedTests([test('one', 'failed'), test('two', 'passed')]),
    { type: 'run.finished', outcome: 'failed', code: 'action.failed', message: 'It failed.' },
  ],
  [
    started('b'),
    { type: 'scratch.ready', files: 1, ms: 1 },
    finishedAction('#2', ['new problem']),
    finishedTests([test('one', 'passed')]),
    { type: 'run.finished', outcome: 'unchanged', code: 'ok', message: 'All is well.' },
  ],
];

describe('what a run came to', () => {
  it('brings the same onto the screens as all its steps', () => {
    const [whole, restored] = [new RunLedger(), new RunLedger()];
    const heard: string[][] = [[], []];
    whole.onDidApply(({ type }) => heard[0]?.push(type));
    restored.onDidApply(({ type }) => heard[1]?.push(type));
    for (const [at, run] of steps.entries()) {
      const events = toEvents(`run${at}`, run);
      for (const event of events) whole.apply(root, event);
      const snapshot = createSnapshotTaker(root, events).take();
      assert.ok(snapshot);
      restored.restore(root, JSON.parse(JSON.stringify(snapshot)) as typeof snapshot);
    }
    assert.deepEqual(restored.views(), whole.views());
    assert.deepEqual(restored.testFiles(), whole.testFiles());
    assert.deepEqual(restored.actionFindings(root), whole.actionFindings(root));
    assert.deepEqual(
      heard[1],
      heard[0]?.filter((type) => type !== 'scratch.ready'),
    );
  });

  it('is nothing as long as the run has no end', () => {
    const events = toEvents('run', steps[0] ?? []);
    const taker = createSnapshotTaker(root, events.slice(0, -1));
    assert.equal(taker.take(), undefined);
    for (const event of events.slice(-1)) taker.note(event);
    assert.equal(taker.take()?.view.outcome, 'failed');
  });
});

function toEvents(run: string, of: readonly RunStep[]): readonly RunEvent[] {
  return of.map((step, seq) => ({ ...step, v: 1, run, seq, at: 1_000 + seq }));
}

function started(name: string): RunStep {
  return {
    type: 'run.started',
    rule: 'act',
    ruleId: 'act.mdc',
    ruleHash: name,
    action: 'run',
    file: 'src/a.js',
    fileDigest: '',
    cause: { event: 'save', origin: 'user', depth: 0 },
    budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
    approval: 'ask',
  };
}

function finishedAction(action: string, messages: readonly string[]): RunStep {
  const start = { line: 0, character: 0 };
  const findings = messages.map((message) => ({
    path: 'src/a.js',
    code: 'tool',
    severity: 'warning' as const,
    message,
    range: { start, end: start },
  }));
  return {
    type: 'action.finished',
    action,
    kind: 'run',
    attempt: 1,
    result: 'succeeded',
    code: 'ok',
    message: '',
    ms: 1,
    place: 'workspace',
    findings,
  };
}

function finishedTests(tests: readonly TestCase[]): RunStep {
  return {
    type: 'test.finished',
    phase: 'inPlace',
    attempt: 1,
    runner: 'node',
    outcome: { kind: 'finished', tests, ms: 1 },
  };
}
