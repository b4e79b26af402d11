import type { ActionFinished, ActionStarted, RunEvent } from '../../../protocol/runEvents.ts';
import type { DoneAction } from './runChain.ts';

/** Where a run that was cut short can go on. */
export interface ResumePoint {
  /** What it acknowledged, by action: that is not done again. */
  readonly done: ReadonlyMap<string, DoneAction>;
  /** Actions that were under way; whether they did all, a part or nothing of their work is not known. */
  readonly inFlight: readonly ActionStarted[];
  /** Each of those may be repeated without asking, since its rule says so. */
  readonly isRepeatable: boolean;
}

/** Reads a journal. What was done in the copy of the workspace is lost with it, so that counts as not done. */
export function findResumePoint(events: readonly RunEvent[]): ResumePoint {
  const done = new Map<string, DoneAction>();
  const inFlight = new Map<string, ActionStarted>();
  for (const event of events) {
    if (event.type === 'action.started') inFlight.set(event.action, event);
    if (event.type !== 'action.finished') continue;
    inFlight.delete(event.action);
    if (isKept(event)) done.set(event.action, { attempt: event.attempt, result: event });
  }
  const begun = [...inFlight.values()];
  const isRepeatable = begun.length > 0 && begun.every(({ idempotent }) => idempotent);
  return { done, inFlight: begun, isRepeatable };
}

function isKept({ result, place }: ActionFinished): boolean {
  return place === 'workspace' && (result === 'succeeded' || result === 'failed');
}
