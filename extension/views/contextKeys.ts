import * as vscode from 'vscode';
import type { ViewState } from '../../server/protocol/viewState.ts';
import type { ViewStore } from '../viewStore.ts';

/** Mirrors the view state into the keys that `when` clauses in package.json read. */
export function mirrorContextKeys(views: ViewStore): vscode.Disposable {
  const known = new Map<string, unknown>();
  return views.onDidChange((state) => {
    for (const [key, value] of Object.entries(contextKeys(state))) {
      if (known.get(key) === value) continue;
      known.set(key, value);
      void vscode.commands.executeCommand('setContext', `codegenLab.${key}`, value);
    }
  });
}

function contextKeys(state: ViewState | undefined): Readonly<Record<string, unknown>> {
  const runs = state?.runs ?? [];
  const isWaiting = (reason: string): boolean => runs.some((run) => run.waitingOn === reason);
  return {
    state: state?.status.state ?? 'starting',
    isRunning: runs.some((run) => run.phase !== 'finished'),
    hasProposal: isWaiting('decision'),
    needsUnconfined: isWaiting('unconfined'),
  };
}
