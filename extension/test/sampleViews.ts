import type { ApprovalView } from '../../server/protocol/approvals.ts';
import type { RunView, StatusView, ViewState } from '../../server/protocol/viewState.ts';

/** A run that finished well, for tests; `changes` make it another one. */
export function sampleRun(changes: Partial<RunView> = {}): RunView {
  return {
    run: 'r1',
    folder: '/w',
    rule: 'test-writer',
    ruleId: '.cursor/rules/test-writer.mdc',
    ruleHash: 'h',
    action: 'generate_tests',
    file: 'src/a.py',
    cause: { event: 'save', origin: 'user', depth: 0 },
    phase: 'finished',
    startedAt: 1000,
    endedAt: 13_300,
    attempt: 1,
    attempts: 5,
    approval: 'preview',
    usage: { input: 100, output: 20, cacheRead: 0, cacheWrite: 0, estimated: false },
    cost: 0.0123,
    unknownPrice: false,
    actions: [],
    testsAfter: { passed: 8, failed: 0, skipped: 0 },
    files: [{ path: 'tests/test_a.py', after: 'x' }],
    outcome: 'landed',
    message: 'Landed, 8 passed',
    timeline: [],
    ...changes,
  };
}

/** A rule that asks; `changes` make it another one. */
export function sampleApproval(changes: Partial<ApprovalView> = {}): ApprovalView {
  return {
    folder: '/w',
    ruleId: '.cursor/rules/test-writer.mdc',
    name: 'test-writer',
    ruleHash: 'h',
    state: 'asks',
    may: ['ask the chosen model', 'write tests for the file', 'run the tests'],
    ...changes,
  };
}

/** The same, on its way and not yet spent on. */
export function busyRun(phase: RunView['phase'], changes: Partial<RunView> = {}): RunView {
  const { endedAt: _endedAt, outcome: _outcome, testsAfter: _testsAfter, ...run } = sampleRun({ cost: 0 });
  return { ...run, phase, ...changes };
}

export function sampleState(status: Partial<StatusView>, runs: readonly RunView[] = []): ViewState {
  return {
    status: {
      state: 'idle',
      message: 'All is quiet.',
      rules: 2,
      running: 0,
      waiting: 0,
      spentToday: { usd: 0.25, tokens: 12_500, unknownPrice: false },
      ...status,
    },
    runs,
    tests: [],
  };
}
