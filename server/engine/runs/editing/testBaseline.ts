import {
  countTests,
  type FileCoverage,
  type TestCase,
  type TestRunOutcome,
} from '../../../protocol/tests.ts';
import type { TestPlan } from '../planTests.ts';
import type { ProofPlace } from './proofParts.ts';
import { cancelled, failed, refused, type RunEnd, type RunScope } from '../runScope.ts';
import { scratchPlace, testFiles } from '../testFiles.ts';

export interface BaselineOrder extends ProofPlace {
  readonly plan: TestPlan;
  /** An action of the run has edited already: what it wrote runs in the sandbox alone. */
  readonly isEdited: boolean;
  /** Tests that come to no result are what is to be mended. */
  readonly mayFail?: boolean;
  /** Which lines run is wished to be known, where the runner can tell. */
  readonly measured?: boolean;
}

export interface Baseline {
  readonly tests: readonly TestCase[];
  /** undefined: not measured. */
  readonly coverage?: readonly FileCoverage[];
  /** The run came to no results, and that is to be mended. */
  readonly unfinished?: Exclude<TestRunOutcome, { readonly kind: 'finished' | 'cancelled' }>;
}

/** How the concerned tests end in the copy before any edit; a project that only fails in a copy cannot be proven by one. */
export async function testBaseline(
  scope: RunScope,
  { plan, tree, confinement, isEdited, mayFail = false, measured = false }: BaselineOrder,
): Promise<Baseline | RunEnd> {
  if (plan.concerned.length === 0) return { tests: [] };
  if (isEdited && confinement.kind === 'unavailable')
    return refused(
      'sandbox.unavailable',
      `What this run wrote cannot run in a sandbox here: ${confinement.reason} ${confinement.remedy}`,
    );
  const order = {
    phase: 'baseline',
    attempt: 0,
    plan,
    files: plan.concerned,
    ids: [],
    coverage: 'none',
  } as const;
  await tree.reset();
  // Nothing here is the model's yet, or there is a sandbox: otherwise the user's own tests run as they would in place.
  const { outcome, coverage } = await testFiles(scope, {
    ...order,
    ...(measured ? { coverage: 'lines', coverageIsOptional: true } : {}),
    where: scratchPlace(tree, confinement),
  });
  if (scope.signal.aborted || outcome.kind === 'cancelled') return cancelled;
  if (outcome.kind === 'noTests') return { tests: [] };
  if (outcome.kind === 'runnerMissing') return failed('tests.no-runner', outcome.message);
  if (outcome.kind === 'notConfined') return refused(outcome.code ?? 'sandbox.unavailable', outcome.message);
  if (outcome.kind === 'finished' && countTests(outcome.tests).failed === 0)
    return { tests: outcome.tests, ...(coverage === undefined ? {} : { coverage }) };
  // Some of it may be the model's, landed by policy and seen by nobody: in the sandbox wherever there is one.
  const confined = confinement.kind === 'ready';
  const inPlace = isEdited
    ? undefined
    : await testFiles(scope, { ...order, where: { kind: 'inPlace', confined } });
  if (scope.signal.aborted) return cancelled;
  if (inPlace?.outcome.kind === 'finished' && countTests(inPlace.outcome.tests).failed === 0) {
    return failed(
      'proof.not-by-copy',
      'The tests of this project pass in place and fail in a copy of it, so an edit cannot be proven in a copy. Nothing was asked of a model.',
    );
  }
  if (outcome.kind === 'finished') return { tests: outcome.tests };
  if (mayFail) return { tests: [], unfinished: outcome };
  return failed('proof.no-baseline', `The tests do not run even without an edit: ${outcome.message}`);
}
