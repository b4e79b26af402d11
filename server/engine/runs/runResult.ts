import type { RunView } from '../../protocol/viewState.ts';
import type { RunResult } from '../engine.ts';
import type { RunEnd } from './runScope.ts';

/** What a run that a person asked for came to; without an end it waits for a decision. */
export function runResult(run: string, end: RunEnd | undefined, view: RunView | undefined): RunResult {
  const waiting: RunEnd = {
    outcome: 'proposed',
    code: 'ok',
    message: view?.message ?? 'Waiting for your decision.',
  };
  return { run, ...(end ?? waiting), ...(view ? { view } : {}) };
}
