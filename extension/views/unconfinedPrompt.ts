import * as vscode from 'vscode';
import { allowUnconfined } from '../../server/protocol/requests.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { describeUnconfined } from './questions.ts';
import { followWaitingRuns } from './waitingRuns.ts';

/** Asks before tests that a model wrote run without a sandbox. */
export function followUnconfined(host: Host): vscode.Disposable {
  return followWaitingRuns(host.views, {
    on: 'unconfined',
    key: (run) => `${run.run}\n${run.attempt}`,
    ask: (run) => askForUnconfined(host, run),
    onError: (error) => host.output.error(String(error)),
  });
}

/** A message that stays until it is answered; closing it leaves the run waiting. */
export async function askForUnconfined(host: Host, run: RunView): Promise<void> {
  const allow = 'Run Without Sandbox Once';
  const show = 'Show Test';
  const cancel = 'Cancel';
  const choice = await vscode.window.showWarningMessage(describeUnconfined(run), allow, show, cancel);
  if (choice === allow || choice === cancel) {
    await host.server.request(allowUnconfined, { run: run.run, allow: choice === allow });
  }
  if (choice !== show) return;
  await host.proposals.show(run.run);
  if (host.views.findRun(run.run)?.waitingOn === 'unconfined') await askForUnconfined(host, run);
}
