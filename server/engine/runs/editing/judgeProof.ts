import { countPassing } from '../countPassing.ts';
import { countTests, type TestCase, type TestRunOutcome } from '../../../protocol/tests.ts';

/** What a test run with the edit means for it. */
export type Verdict =
  | { readonly kind: 'proven'; readonly summary: string }
  /** The model may mend it: red tests, none collected, a file that cannot be loaded. */
  | { readonly kind: 'red'; readonly failed: readonly TestCase[]; readonly message: string }
  /** Nothing the model could mend: no runner, no sandbox, stopped by a person. */
  | { readonly kind: 'stop'; readonly code: string; readonly message: string };

export interface Proof {
  readonly outcome: TestRunOutcome;
  /** How the concerned tests ended before the edit. */
  readonly baseline: readonly TestCase[];
  /** Files that the edit made or changed. */
  readonly edited: readonly string[];
}

/** Of tests that were written. Green means: the edited files hold passing tests, nothing in them is red, and nothing that passed before is red now. */
export function judgeProof(proof: Proof): Verdict {
  return judgeOutcome(proof, judgeTests);
}

/** Of tests that have to fail first: the edited files hold red tests, and everything else ends as before. */
export function judgeRedFirst(proof: Proof): Verdict {
  return judgeOutcome(proof, (tests, { baseline, edited }) => {
    const known = new Set(baseline.map((test) => test.id));
    const redBefore = new Set(baseline.filter(isRed).map((test) => test.id));
    const added = tests.filter((test) => !known.has(test.id) && isIn(test, edited));
    const others = tests.filter((test) => !added.includes(test));
    const failed = others.filter((test) => isRed(test) && !redBefore.has(test.id));
    if (failed.length > 0)
      return { kind: 'red', failed, message: `The edit makes ${failed.length} other tests fail.` };
    const lost = lostTests(tests, baseline);
    if (lost.length > 0)
      return {
        kind: 'red',
        failed: [],
        message: `These tests passed before and are gone: ${lost.join(', ')}.`,
      };
    const red = added.filter(isRed);
    const [first] = red;
    if (first === undefined)
      return {
        kind: 'red',
        failed: [],
        message: 'No new test fails on the code as it is, so none shows the bug. Write one that fails.',
      };
    const said = first.failure === undefined ? '' : `: ${first.failure.message}`;
    const count = red.length === 1 ? '1 new test fails' : `${red.length} new tests fail`;
    return { kind: 'proven', summary: `Red first: ${count} on the code as it is (${first.name}${said}).` };
  });
}

/** What came of a run without results; with results `judge` decides. */
export function judgeOutcome(
  proof: Proof,
  judge: (tests: readonly TestCase[], proof: Omit<Proof, 'outcome'>) => Verdict,
): Verdict {
  const { outcome } = proof;
  switch (outcome.kind) {
    case 'finished':
      return judgeFlaky(outcome.tests, proof) ?? judge(outcome.tests, proof);
    case 'noTests':
    case 'noReport':
      return { kind: 'red', failed: [], message: outcome.message };
    case 'timedOut':
      return { kind: 'red', failed: [], message: `${outcome.message} A test that hangs proves nothing.` };
    case 'cancelled':
      return { kind: 'stop', code: 'cancelled', message: 'Stopped while the tests ran.' };
    case 'runnerMissing':
      return { kind: 'stop', code: 'tests.no-runner', message: outcome.message };
    case 'notConfined':
      return { kind: 'stop', code: outcome.code ?? 'sandbox.unavailable', message: outcome.message };
  }
}

function judgeTests(
  tests: readonly TestCase[],
  { baseline, edited }: Pick<Proof, 'baseline' | 'edited'>,
): Verdict {
  const redBefore = new Set(baseline.filter(isRed).map((test) => test.id));
  const failed = tests.filter((test) => isRed(test) && !(redBefore.has(test.id) && !isIn(test, edited)));
  if (failed.length > 0) {
    return { kind: 'red', failed, message: `${failed.length} of ${tests.length} tests failed.` };
  }
  const lost = lostTests(tests, baseline);
  if (lost.length > 0) {
    return {
      kind: 'red',
      failed: [],
      message: `These tests passed before and are gone: ${lost.join(', ')}. Keep every existing test.`,
    };
  }
  const fresh = tests.filter((test) => isIn(test, edited) && test.status === 'passed');
  const known = new Set(baseline.map((test) => test.id));
  const added = fresh.filter((test) => !known.has(test.id)).length;
  if (added === 0) {
    return {
      kind: 'red',
      failed: [],
      message: 'The edit added no test that ran and passed. Add tests that the runner collects.',
    };
  }
  const before = countTests(baseline);
  const after = countTests(tests);
  return {
    kind: 'proven',
    summary: `${countPassing(added, 'new ')} (${before.passed} passed before, ${after.passed} now).`,
  };
}

/** Names of tests that passed before and did not run now. */
function lostTests(tests: readonly TestCase[], baseline: readonly TestCase[]): readonly string[] {
  const now = new Set(tests.map((test) => test.id));
  return baseline.filter((test) => test.status === 'passed' && !now.has(test.id)).map((test) => test.name);
}

/**
 * Tests that failed and then passed on the same text prove nothing: those that the edit wrote, and those that it was to mend. Other
 * flaky tests are not held against it. undefined: there is none of these.
 */
function judgeFlaky(
  tests: readonly TestCase[],
  { baseline, edited }: Pick<Proof, 'baseline' | 'edited'>,
): Verdict | undefined {
  const redBefore = new Set(baseline.filter(isRed).map(({ id }) => id));
  const isProof = ({ id, path }: TestCase): boolean =>
    redBefore.has(id) || (path !== undefined && edited.includes(path));
  const failed = tests.filter((test) => test.status === 'flaky' && isProof(test));
  const [first] = failed;
  if (first === undefined) return undefined;
  const which =
    failed.length === 1 ? `${first.name} is flaky` : `${failed.length} tests are flaky (${first.name})`;
  const message = `${which}: it failed and then passed on the same text, so it proves nothing. Take out what depends on time, order, chance or shared state.`;
  return { kind: 'red', failed, message };
}

export function isRed(test: TestCase): boolean {
  return test.status === 'failed' || test.status === 'errored';
}

function isIn(test: TestCase, paths: readonly string[]): boolean {
  return test.path === undefined || paths.includes(test.path);
}
