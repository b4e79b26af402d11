import assert from 'node:assert/strict';
import { runEventVersion, type RunEvent, type RunStep } from '../../protocol/runEvents.ts';
import type { TestCase } from '../../protocol/tests.ts';
import { foldRun } from './foldRun.ts';
import { foldTests, type TestResults } from './foldTests.ts';
import { testFindings } from './testFindings.ts';

const started: RunStep = {
  type: 'run.started',
  rule: 'tests',
  ruleId: '.cursor/rules/tests.mdc',
  ruleHash: 'h',
  action: 'generate_tests',
  file: 'src/a.js',
  fileDigest: 'd',
  cause: { event: 'save', origin: 'user', depth: 0 },
  budget: { usd: 0.5, tokens: 1000, seconds: 60, attempts: 3 },
  approval: 'preview',
};

const usage = { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, estimated: false };

const answered: RunStep = {
  type: 'model.answered',
  attempt: 1,
  provider: 'p',
  model: 'm',
  text: 't',
  usage,
  cost: 0.01,
  firstTokenMs: 1,
  ms: 2,
  tries: 1,
};

function test(id: string, status: TestCase['status']): TestCase {
  const base = { id, name: id, suites: [], path: 'test/a.test.js', line: 3, status, ms: 1 };
  if (status !== 'failed') return base;
  const frames = [
    { path: 'src/a.js', line: 7 },
    { path: 'test/a.test.js', line: 4 },
  ];
  return { ...base, failure: { message: 'no', detail: 'no', frames } };
}

function tested(phase: 'baseline' | 'proof' | 'inPlace' | 'user', tests: readonly TestCase[]): RunStep {
  return {
    type: 'test.finished',
    phase,
    attempt: 1,
    runner: 'node-test',
    outcome: { kind: 'finished', tests, ms: 5 },
  };
}

function events(...steps: readonly RunStep[]): readonly RunEvent[] {
  return steps.map((step, seq) => ({ ...step, v: runEventVersion, run: 'r1', seq, at: 100 + seq }));
}

describe('the fold of a run', () => {
  const begun = (action: string, attempt: number): RunStep => ({
    ...{ type: 'action.started', action, kind: 'run', attempt, command: 'npm run lint' },
    ...{ place: 'workspace', confined: false, idempotent: false },
  });
  const ended = (action: string, attempt: number, result: 'succeeded' | 'failed' | 'skipped'): RunStep => ({
    ...{
      type: 'action.finished',
      action,
      kind: 'run',
      attempt,
      result,
      code: 'x',
      message: `${action} ${result}`,
    },
    ms: 1,
  });

  it('shows the actions of a chain, each with its last try', () => {
    const view = foldRun(
      '/w',
      events(
        started,
        begun('a', 1),
        ended('a', 1, 'failed'),
        begun('a', 2),
        ended('a', 2, 'succeeded'),
        ended('b', 0, 'skipped'),
        begun('c', 1),
      ),
    );
    assert.deepEqual(
      view?.actions.map(({ action, attempt, result, command }) => [action, attempt, result, command]),
      [
        ['a', 2, 'succeeded', 'npm run lint'],
        ['b', 0, 'skipped', ''],
        ['c', 1, undefined, 'npm run lint'],
      ],
    );
    assert.deepEqual([view.phase, view.message], ['running', 'Running npm run lint']);
    assert.deepEqual(
      view.timeline.slice(1).map(({ label, tone }) => [label, tone]),
      [
        ['Action a started', 'neutral'],
        ['Action a', 'bad'],
        ['Action a started, try 2', 'neutral'],
        ['Action a', 'good'],
        ['Action b', 'neutral'],
        ['Action c started', 'neutral'],
      ],
    );
  });

  it('adds up tokens and cost over attempts, and says when a part is unknown', () => {
    const view = foldRun('/ws', events(started, answered, { ...answered, attempt: 2, cost: 'unknown' }));
    assert.equal(view?.cost, 0.01);
    assert.equal(view?.unknownPrice, true);
    assert.deepEqual([view?.usage.input, view?.usage.output], [20, 10]);
  });

  for (const [what, steps, unknownPrice] of [
    ['in a call', [{ type: 'model.asked', attempt: 1, provider: 'p', model: 'm' }], true],
    ['after a call', [{ type: 'model.asked', attempt: 1, provider: 'p', model: 'm' }, answered], false],
  ] as const satisfies readonly (readonly [string, readonly RunStep[], boolean])[])
    it(`says that a part of the cost is unknown when its process died ${what}: ${unknownPrice}`, () => {
      const end: RunStep = { type: 'run.finished', outcome: 'interrupted', code: 'interrupted', message: '' };
      assert.equal(foldRun('/ws', events(started, ...steps, end))?.unknownPrice, unknownPrice);
    });

  it('forgets what it waited on as soon as the run goes on', () => {
    const waiting: RunStep = { type: 'run.waiting', on: 'approval', message: 'may I?' };
    assert.equal(foldRun('/ws', events(started, waiting))?.waitingOn, 'approval');
    const on = foldRun('/ws', events(started, waiting, { type: 'scratch.ready', files: 1, ms: 1 }));
    assert.equal(on?.waitingOn, undefined);
    assert.equal(on?.phase, 'starting');
  });

  it('tells tests before from tests after', () => {
    const view = foldRun(
      '/ws',
      events(
        started,
        tested('baseline', [test('a', 'passed')]),
        tested('proof', [test('a', 'passed'), test('b', 'failed')]),
      ),
    );
    assert.deepEqual(view?.testsBefore, { passed: 1, failed: 0, skipped: 0 });
    assert.deepEqual(view?.testsAfter, { passed: 1, failed: 1, skipped: 0 });
  });

  it('keeps the count of the proof when fewer tests are green in place, and tells of red ones', () => {
    const proven = [started, tested('proof', [test('a', 'passed'), test('b', 'passed')])];
    const after = (status: TestCase['status']) =>
      foldRun('/ws', events(...proven, tested('inPlace', [test('b', status)])))?.testsAfter;
    assert.deepEqual(after('passed'), { passed: 2, failed: 0, skipped: 0 });
    assert.deepEqual(after('failed'), { passed: 0, failed: 1, skipped: 0 });
  });

  it('says who answered, not who was asked last', () => {
    const asked = (model: string): RunStep => ({ type: 'model.asked', attempt: 1, provider: 'p', model });
    const view = foldRun(
      '/ws',
      events(started, asked('quick'), asked('slow'), { ...answered, model: 'quick' }),
    );
    assert.equal(view?.model, 'p/quick');
  });

  it('says who gave a recorded answer', () => {
    const asked: RunStep = { type: 'model.asked', attempt: 1, provider: 'replay', model: '' };
    const replayed: RunStep = { ...answered, provider: 'replay', model: 'anthropic/claude' };
    assert.equal(foldRun('/ws', events(started, asked))?.model, 'the recordings');
    assert.equal(foldRun('/ws', events(started, asked, replayed))?.model, 'anthropic/claude (recorded)');
  });

  it('ends with the outcome, and has a line for every step worth one', () => {
    const view = foldRun(
      '/ws',
      events(started, answered, { type: 'run.finished', outcome: 'failed', code: 'x', message: 'why' }),
    );
    assert.deepEqual(
      [view?.phase, view?.outcome, view?.code, view?.message, view?.endedAt],
      ['finished', 'failed', 'x', 'why', 102],
    );
    assert.deepEqual(
      view?.timeline.map((line) => line.label),
      ['Rule tests fired', 'Model answered', 'Finished'],
    );
  });

  it('shows nothing of a journal that does not begin with its start', () => {
    assert.equal(foldRun('/ws', events(answered)), undefined);
  });

  it('tells of models that were stopped, and of answers that were kept', () => {
    const failed = {
      type: 'model.failed',
      attempt: 1,
      role: 'tester',
      provider: 'p',
      model: 'm',
      message: 'x',
    } as const;
    const view = foldRun(
      '/w',
      events(
        started,
        { ...failed, code: 'model.cancelled', cost: 'unknown' },
        { ...failed, code: 'model.overloaded' },
        { ...answered, cost: 0, tries: 0, cached: true },
      ),
    );
    assert.deepEqual(
      view?.timeline.slice(1).map(({ label, tone }) => [label, tone]),
      [
        ['Model stopped', 'neutral'],
        ['Model failed', 'bad'],
        ['Model answered', 'neutral'],
      ],
    );
    assert.match(view?.timeline[3]?.detail ?? '', /nobody was asked/);
    assert.equal(view?.unknownPrice, true, 'what was stopped may have cost something');
  });
});

describe('the fold of test results', () => {
  const fold = (...steps: readonly RunStep[]): TestResults =>
    events(...steps).reduce<TestResults>((known, event) => foldTests('/ws', known, event), new Map());

  it('replaces only the tests that ran again', () => {
    const results = fold(
      tested('user', [test('a', 'failed'), test('b', 'passed')]),
      tested('user', [test('a', 'passed')]),
    );
    const [file] = [...results.values()];
    assert.deepEqual(
      file?.tests.map((entry) => [entry.id, entry.status]),
      [
        ['b', 'passed'],
        ['a', 'passed'],
      ],
    );
  });

  it('keeps out what ran only in the scratch tree', () => {
    assert.equal(fold(tested('proof', [test('a', 'failed')])).size, 0);
  });

  it('puts a red test at its failing line, with the frame in the code that led there', () => {
    const [finding, ...rest] = testFindings('/ws', fold(tested('inPlace', [test('a', 'failed')])).values());
    assert.deepEqual([finding?.severity, finding?.range.start.line], ['error', 4]);
    assert.deepEqual(
      finding?.related?.map((place) => [place.path, place.range.start.line]),
      [['src/a.js', 7]],
    );
    assert.deepEqual(
      rest.map(({ path, range, severity, related }) => [
        path,
        range.start.line,
        severity,
        related?.map((place) => [place.path, place.range.start.line]),
      ]),
      [['src/a.js', 7, 'warning', [[finding?.path, 4]]]],
    );
  });

  it('says once of a line of the code that several tests fail in it', () => {
    const red = [test('a', 'failed'), test('b', 'failed')];
    const atCode = testFindings('/ws', fold(tested('inPlace', red)).values()).filter(
      ({ path }) => path === 'src/a.js',
    );
    assert.deepEqual(
      atCode.map(({ message, related }) => [message.slice(0, 12), related?.length]),
      [['2 tests fail', 2]],
    );
  });

  it('holds a flaky test for a warning, and blames no line of the code', () => {
    const flaky = { ...test('a', 'failed'), status: 'flaky' } as const;
    const found = testFindings('/ws', fold(tested('inPlace', [flaky])).values());
    assert.deepEqual(
      found.map(({ severity, code }) => [severity, code]),
      [['warning', 'test.flaky']],
    );
  });
});
