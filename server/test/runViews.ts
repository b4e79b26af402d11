import type { ProposedFile } from '../protocol/runEvents.ts';
import type { RunView } from '../protocol/viewState.ts';

/** What a terminal must not be told, in the middle of a text. */
export const escape = '\u001B]0;owned\u0007\u001B[2J\u202E';

/** A changed, a new and a deleted file. */
const proposedFiles: readonly ProposedFile[] = [
  { path: 'src/a.js', before: 'one\ntwo\n', after: 'one\n2\n' },
  { path: 'test/a.test.js', after: 'new\n' },
  { path: 'old.js', before: 'old\n' },
];

/** A finished run over `proposedFiles`, with what a test changes in it. */
export function createRunView(change: Partial<RunView> = {}): RunView {
  return {
    run: 'r1',
    folder: '',
    rule: 'tests',
    ruleId: 'tests.mdc',
    ruleHash: '',
    action: 'generate_tests',
    file: 'src/a.js',
    cause: { event: 'save', origin: 'user', depth: 0 },
    phase: 'finished',
    startedAt: 1_000,
    attempt: 1,
    attempts: 5,
    approval: 'preview',
    usage: { input: 1_000, output: 50, cacheRead: 300, cacheWrite: 0, estimated: true },
    cost: 0.12,
    unknownPrice: false,
    actions: [],
    testsBefore: { passed: 1, failed: 0, skipped: 0 },
    testsAfter: { passed: 3, failed: 0, skipped: 0 },
    files: proposedFiles,
    message: 'what happened and what to do',
    timeline: [],
    ...change,
  };
}
