import type { Disposable } from 'vscode';
import type { WaitReason } from '../../server/protocol/runEvents.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { ViewStore } from '../viewStore.ts';

export interface WaitingRuns {
  readonly on: WaitReason;
  /** Runs with one key are asked about once. */
  readonly key: (run: RunView) => string;
  readonly ask: (run: RunView) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Asks the person once for each question that runs wait on. */
export function followWaitingRuns(views: ViewStore, waiting: WaitingRuns): Disposable {
  const asked = new Set<string>();
  return views.onDidChange((state) => {
    for (const run of state?.runs ?? []) {
      if (run.waitingOn !== waiting.on || asked.has(waiting.key(run))) continue;
      asked.add(waiting.key(run));
      waiting.ask(run).catch(waiting.onError);
    }
  });
}
