import type { DroppedCandidate } from '../../../../protocol/candidates.ts';
import type { Drop } from './docket.ts';

/** What came of a test that the time for proving did not reach. `open` says what was not done. */
export function outOfTime(open: string): Drop {
  return {
    filter: 'time',
    reason: `was not proven in time: ${open} within codegenLab.generatedTests.maxSeconds`,
  };
}

/** What a person is told where tests are not proven for want of time; undefined: there was time for all. */
export function tellOutOfTime(
  dropped: readonly Pick<DroppedCandidate, 'filter'>[],
  maxSeconds: number,
): string | undefined {
  const count = dropped.filter(({ filter }) => filter === 'time').length;
  if (count === 0) return undefined;
  const what = count === 1 ? '1 new test was' : `${count} new tests were`;
  return `The time for proving new tests ran out after ${maxSeconds} s: ${what} dropped without being proven. Raise codegenLab.generatedTests.maxSeconds, or lower .maxMutants or .repetitions, and run again.`;
}
