import type { RunView } from '../../protocol/viewState.ts';

/** A run in a few words, with the tests it ended with. */
export function outcomeTitle(run: RunView): string {
  const tests = run.testsAfter
    ? `, ${run.testsAfter.passed} passed${run.testsAfter.failed > 0 ? `, ${run.testsAfter.failed} failed` : ''}`
    : '';
  if (run.phase !== 'finished') return run.waitingOn === 'decision' ? `proven${tests}` : `${run.phase}…`;
  return `${run.outcome ?? 'finished'}${tests}`;
}
