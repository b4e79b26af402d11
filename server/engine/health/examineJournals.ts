import type { HealthCheck } from '../../protocol/health.ts';
import { foldRun } from '../journal/foldRun.ts';
import { attention, countOf, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** Newest first; more would take long to read. */
const readRuns = 2_000;

/** What runs left: damaged or foreign journals, and runs that wait for a person. */
export async function examineJournals(
  { journals }: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  const stored = await journals.recent(root, readRuns);
  if (signal.aborted) return [];
  const damaged = stored.filter(({ damaged: isDamaged }) => isDamaged);
  const strange = stored.filter(({ trusted, damaged: isDamaged }) => !trusted && !isDamaged);
  const cut = stored.filter(({ trusted, owned, lostBytes = 0 }) => trusted && !owned && lostBytes > 0);
  const views = stored
    .filter(({ trusted, owned }) => trusted && !owned)
    .flatMap(({ events }) => foldRun(root, events) ?? []);
  const resumed = new Set(views.map(({ cause }) => cause.resumes));
  const interrupted = views.filter(
    ({ run, phase, outcome, waitingOn }) =>
      (phase === 'finished' ? outcome === 'interrupted' : waitingOn !== 'decision') && !resumed.has(run),
  );
  const undecided = views.filter(({ phase, waitingOn }) => phase !== 'finished' && waitingOn === 'decision');
  const count = `${countOf(stored.length, 'journal')}.`;
  const faults = [
    ...(damaged.length > 0
      ? [
          `${damaged.length} of which steps that were acknowledged are altered or gone: shown, never acted on.`,
        ]
      : []),
    ...(strange.length > 0
      ? [`${strange.length} that this installation did not write, or cannot read: shown, never acted on.`]
      : []),
    ...(cut.length > 0 ? [`${cut.length} with a damaged end: what stands before it counts.`] : []),
  ];
  const [first] = interrupted;
  return [
    faults.length === 0
      ? good('journals', 'Journals', count)
      : attention(
          'journals',
          'Journals',
          `${count} ${faults.join(' ')}`,
          'clctl log lists them. A journal of a process that was killed may end so; others were copied or changed: delete those.',
        ),
    first === undefined
      ? good(
          'runs',
          'Runs',
          undecided.length === 0
            ? 'No run was cut short.'
            : `${countOf(undecided.length, 'proposal')} ${undecided.length === 1 ? 'waits' : 'wait'} for your decision.`,
        )
      : attention(
          'runs',
          'Runs',
          `${countOf(interrupted.length, 'run')} cut short, the newest ${first.run} (${first.rule || first.action} on ${first.file}).`,
          'Look at them with clctl log; Resume Run goes on with one where that is possible.',
        ),
  ];
}
