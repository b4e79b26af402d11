import { countTests, type TestCase } from '../../protocol/tests.ts';
import type { ProofParts } from './proofParts.ts';
import { cancelled, failed, refused, type RunEnd, type RunScope } from './runScope.ts';
import { scratchPlace, testFiles } from './testFiles.ts';

/** How the concerned tests end in the copy before any edit; a project that only fails in a copy cannot be proven by one. */
export async function testBaseline(
  scope: RunScope,
  parts: ProofParts,
): Promise<{ readonly tests: readonly TestCase[] } | RunEnd> {
  const { plan, tree, confinement } = parts;
  if (plan.concerned.length === 0) return { tests: [] };
  const order = {
    phase: 'baseline',
    attempt: 0,
    plan,
    files: plan.concerned,
    ids: [],
    coverage: false,
  } as const;
  // Nothing here is the model's yet: without a sandbox the user's own tests run in the copy as they would in place.
  const { outcome } = await testFiles(scope, { ...order, where: scratchPlace(tree, confinement) });
  if (scope.signal.aborted || outcome.kind === 'cancelled') return cancelled;
  if (outcome.kind === 'noTests') return { tests: [] };
  if (outcome.kind === 'runnerMissing') return failed('tests.no-runner', outcome.message);
  if (outcome.kind === 'notConfined') return refused('sandbox.unavailable', outcome.message);
  if (outcome.kind === 'finished' && countTests(outcome.tests).failed === 0) return { tests: outcome.tests };
  // Some of it may be the model's, landed by policy and seen by nobody: in the sandbox wherever there is one.
  const confined = confinement.kind === 'ready';
  const inPlace = await testFiles(scope, { ...order, where: { kind: 'inPlace', confined } });
  if (scope.signal.aborted) return cancelled;
  if (inPlace.outcome.kind === 'finished' && countTests(inPlace.outcome.tests).failed === 0) {
    return failed(
      'proof.not-by-copy',
      'The tests of this project pass in place and fail in a copy of it, so an edit cannot be proven in a copy. Nothing was asked of a model.',
    );
  }
  if (outcome.kind === 'finished') return { tests: outcome.tests };
  return failed('proof.no-baseline', `The tests do not run even without an edit: ${outcome.message}`);
}
