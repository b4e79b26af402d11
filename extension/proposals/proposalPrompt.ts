import * as vscode from 'vscode';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { describeProposal } from '../views/questions.ts';
import { followWaitingRuns } from '../views/waitingRuns.ts';
import { decide } from './decide.ts';

/** Says that a proposal is proven and waits, without taking the focus; closes diffs of decided ones. */
export function followProposals(host: Host): vscode.Disposable {
  const onError = (error: unknown): void => host.output.error(String(error));
  let deciding = new Set<string>();
  return vscode.Disposable.from(
    followWaitingRuns(host.views, {
      on: 'decision',
      key: (run) => run.run,
      ask: (run) => askToDecide(host, run),
      onError,
    }),
    host.views.onDidChange((state) => {
      const waiting = (state?.runs ?? []).filter((run) => run.waitingOn === 'decision').map((run) => run.run);
      const decided = [...deciding].filter((run) => !waiting.includes(run));
      deciding = new Set(waiting);
      for (const run of decided) host.proposals.close(run).catch(onError);
    }),
  );
}

async function askToDecide(host: Host, run: RunView): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    describeProposal(run),
    'Review',
    'Accept',
    'Reject',
  );
  if (choice === 'Review') await host.proposals.show(run.run);
  if (choice === 'Accept') await decide(host, { run: run.run, accept: true });
  if (choice === 'Reject') await decide(host, { run: run.run, accept: false });
}
