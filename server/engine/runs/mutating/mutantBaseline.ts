import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { isRed } from '../editing/judgeProof.ts';
import { cancelled, failed, refused, type RunEnd } from '../runScope.ts';

/** How tests end without any mutant. */
export interface MutantBaseline {
  /** Ids of tests that fail as the code is, so that they judge no mutant. */
  readonly red: ReadonlySet<string>;
  /** How long a run with a mutant may take before it counts as one that never ends. */
  readonly timeoutMs: number;
}

/** A run of tests as the code is. */
export interface UnmutatedRun {
  readonly outcome: TestRunOutcome;
  readonly ms: number;
}

export interface BaselineRun extends UnmutatedRun {
  /** In so many copies mutants are tried at once. */
  readonly sideBySide: number;
  readonly maxTimeoutMs: number;
}

/** What a run without a mutant allows to say about runs with one. */
export function readBaseline({
  outcome,
  ms,
  sideBySide,
  maxTimeoutMs,
}: BaselineRun): MutantBaseline | RunEnd {
  if (outcome.kind === 'cancelled') return cancelled;
  if (outcome.kind === 'runnerMissing') return failed('tests.no-runner', outcome.message);
  if (outcome.kind === 'notConfined') return refused(outcome.code ?? 'sandbox.unavailable', outcome.message);
  if (outcome.kind !== 'finished')
    return failed(
      'mutation.no-baseline',
      `The tests do not run in a copy of this project even without a mutant: ${outcome.message}`,
    );
  if (!outcome.tests.some(({ status }) => status === 'passed'))
    return failed(
      'mutation.no-baseline',
      'No test passes in a copy of this project as it is, so that none can tell a mutant. Mend the tests first.',
    );
  // It ran by itself, and what runs beside others may be twice as slow.
  const slack = sideBySide === 1 ? 3 : 6;
  return {
    red: new Set(outcome.tests.filter(isRed).map(({ id }) => id)),
    timeoutMs: Math.min(Math.ceil(ms * slack + 1_000), maxTimeoutMs),
  };
}
