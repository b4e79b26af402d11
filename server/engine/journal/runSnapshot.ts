import type { RunEvent } from '../../protocol/runEvents.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { runSnapshotVersion, type RunSnapshot } from '../ports/journal.ts';
import { foldRunEvent } from './foldRun.ts';

/** Folds a run while it is recorded, so that the next process need not read all its steps. */
export interface SnapshotTaker {
  note(event: RunEvent): void;
  /** undefined as long as the run has no end. */
  take(): RunSnapshot | undefined;
}

/** What folds over several runs read of a step; all others are for the view of their run alone. */
const told: ReadonlySet<RunEvent['type']> = new Set([
  'run.started',
  'action.finished',
  'test.finished',
  'run.finished',
]);

export function createSnapshotTaker(root: string, earlier: readonly RunEvent[]): SnapshotTaker {
  let view: RunView | undefined;
  const events: RunEvent[] = [];
  const note = (event: RunEvent): void => {
    view = foldRunEvent(root, view, event);
    if (told.has(event.type)) events.push(event);
  };
  for (const event of earlier) note(event);
  return {
    note,
    take: () => (view?.phase === 'finished' ? { v: runSnapshotVersion, view, events } : undefined),
  };
}
