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

/** What runs of the same tests without a mutant, one for each copy, allow to say about runs with one. */
export function readBaseline(
  runs: readonly { readonly outcome: TestRunOutcome; readonly ms: number }[],
  maxTimeoutMs: number,
): MutantBaseline | RunEnd {
  const red = new Set<string>();
  let slowest = 0;
  for (const { outcome, ms } of runs) {
    if (outcome.kind === 'cancelled') return cancelled;
    if (outcome.kind === 'runnerMissing') return failed('tests.no-runner', outcome.message);
    if (outcome.kind === 'notConfined') return refused('sandbox.unavailable', outcome.message);
    if (outcome.kind !== 'finished')
      return failed(
        'mutation.no-baseline',
        `The tests do not run in a copy of this project even without a mutant: ${outcome.message}`,
      );
    for (const test of outcome.tests) if (isRed(test)) red.add(test.id);
    slowest = Math.max(slowest, ms);
    if (!outcome.tests.some(({ status }) => status === 'passed'))
      return failed(
        'mutation.no-baseline',
        'No test passes in a copy of this project as it is, so that none can tell a mutant. Mend the tests first.',
      );
  }
  return { red, timeoutMs: Math.min(Math.ceil(slowest * 3 + 1_000), maxTimeoutMs) };
}
