import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunEvent, RunStep } from '../../protocol/runEvents.ts';
import { foldUsage, percentiles } from './foldUsage.ts';

const day = Date.UTC(2026, 10, 20, 12);
const usage = { input: 100, output: 10, cacheRead: 5, cacheWrite: 0, estimated: false };

function journal(rule: string, steps: readonly RunStep[], at = day): readonly RunEvent[] {
  const started: RunStep = {
    type: 'run.started',
    rule,
    ruleId: rule,
    ruleHash: '',
    action: 'generate_tests',
    file: 'a.ts',
    fileDigest: '',
    cause: { event: 'save', origin: 'user', depth: 0 },
    budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
    approval: 'preview',
  };
  return [started, ...steps].map((step, seq) => ({ ...step, v: 1, run: rule, seq, at }));
}

function answered(role: string, model: string, cost: number | 'unknown', ms = 100): RunStep {
  const rest = { attempt: 1, text: '', usage, firstTokenMs: ms / 2, ms, tries: 1 };
  return { type: 'model.answered', role, provider: 'anthropic', model, cost, ...rest };
}

describe('calls that were cut short with their run', () => {
  const asked = (model: string): RunStep => ({
    type: 'model.asked',
    attempt: 1,
    role: 'tester',
    provider: 'anthropic',
    model,
  });
  const finished = (outcome: 'interrupted' | 'cancelled'): RunStep => ({
    type: 'run.finished',
    outcome,
    code: outcome,
    message: '',
  });
  for (const [what, steps, expected] of [
    ['count, and nobody knows their cost', [asked('a'), finished('interrupted')], [1, 1, true]],
    [
      'count beside those that were told',
      [asked('a'), asked('b'), answered('tester', 'b', 0.5), finished('interrupted')],
      [2, 1, true],
    ],
    [
      'are not those that were answered',
      [asked('a'), answered('tester', 'a', 0.5), finished('interrupted')],
      [1, 0, false],
    ],
    ['do not count while they may still be answered', [asked('a')], [0, 0, false]],
  ] as const)
    it(what, () => {
      const { total } = foldUsage([journal('tests', steps)]);
      assert.deepEqual([total.calls, total.failed, total.unknownPrice], expected);
    });
});

describe('what calls of models took', () => {
  const report = foldUsage([
    journal('tests', [answered('tester', 'a', 0.5), answered('tester', 'a', 'unknown')]),
    journal('docs', [answered('documenter', 'b', 0.7, 900)], day + 86_400_000),
    journal('old', [
      { type: 'model.asked', attempt: 1, provider: 'ollama', model: 'q' },
      { type: 'model.failed', attempt: 1, code: 'model.cut-off', message: '', usage, cost: 'unknown' },
      { type: 'model.failed', attempt: 1, code: 'model.no-key', message: '' },
    ]),
    [],
  ]);

  it('is summed by rule, role, model and day', () => {
    const rows = (by: keyof typeof report.by) =>
      report.by[by].map(({ name, calls, usd }) => [name, calls, usd]);
    assert.deepEqual(rows('rule'), [
      ['docs', 1, 0.7],
      ['tests', 2, 0.5],
      ['old', 2, 0],
    ]);
    assert.deepEqual(rows('role'), [
      ['documenter', 1, 0.7],
      ['tester', 2, 0.5],
      ['unknown', 2, 0],
    ]);
    assert.deepEqual(rows('model'), [
      ['anthropic/b', 1, 0.7],
      ['anthropic/a', 2, 0.5],
      ['ollama/q', 2, 0],
    ]);
    assert.deepEqual(rows('day'), [
      ['2026-11-21', 1, 0.7],
      ['2026-11-20', 4, 0.5],
    ]);
  });

  it('says which cost is not known, and counts what failed', () => {
    const [, tests, old] = report.by.rule;
    assert.equal(tests?.unknownPrice, true);
    assert.deepEqual([old?.failed, old?.input, old?.unknownPrice], [2, 100, true]);
    assert.deepEqual([report.total.calls, report.total.failed, report.runs], [5, 2, 4]);
  });

  it('has percentiles of what answered live', () => {
    assert.deepEqual(report.latency, [
      {
        role: 'tester',
        provider: 'anthropic',
        answers: 2,
        firstToken: { p50: 50, p90: 50, p99: 50 },
        total: { p50: 100, p90: 100, p99: 100 },
      },
      {
        role: 'documenter',
        provider: 'anthropic',
        answers: 1,
        firstToken: { p50: 450, p90: 450, p99: 450 },
        total: { p50: 900, p90: 900, p99: 900 },
      },
    ]);
    assert.deepEqual(percentiles(Array.from({ length: 100 }, (_, at) => 100 - at)), {
      p50: 50,
      p90: 90,
      p99: 99,
    });
  });

  it('adds up, however calls are grouped', () => {
    const cost = fc.oneof(fc.constant('unknown' as const), fc.double({ min: 0, max: 5, noNaN: true }));
    const call = fc.tuple(fc.constantFrom('tester', 'fixer'), fc.constantFrom('a', 'b', ''), cost);
    fc.assert(
      fc.property(fc.array(fc.array(call)), (runs) => {
        const { total, by } = foldUsage(
          runs.map((calls, at) =>
            journal(
              `r${at % 3}`,
              calls.map((each) => answered(...each)),
              day + at * 9e7,
            ),
          ),
        );
        for (const rows of Object.values(by)) {
          assert.equal(
            rows.reduce((sum, row) => sum + row.calls, 0),
            total.calls,
          );
          assert.ok(Math.abs(rows.reduce((sum, row) => sum + row.usd, 0) - total.usd) < 1e-6);
        }
      }),
    );
  });
});
