import * as vscode from 'vscode';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { describeDecided, describeLanding, describeProposal } from '../views/questions.ts';
import { followWaitingRuns } from '../views/waitingRuns.ts';
import { decide } from './decide.ts';

/** A toast without an error stays about so long before it moves to the notification centre. */
const toastMs = 20_000;

/**
 * Says that a proposal is proven and waits, without taking the focus. When it is decided elsewhere, by a lens or in another
 * window, its diff is closed and its toast goes away.
 */
export function followProposals(host: Host): vscode.Disposable {
  const onError = (error: unknown): void => host.output.error(String(error));
  const shownAt = new Map<string, number>();
  let deciding = new Set<string>();
  const ask = async (run: RunView): Promise<void> => {
    shownAt.set(run.run, Date.now());
    await askToDecide(host, run, () => shownAt.delete(run.run));
  };
  return vscode.Disposable.from(
    followWaitingRuns(host.views, { on: 'decision', key: (run) => run.run, ask, onError }),
    host.views.onDidChange((state) => {
      const waiting = (state?.runs ?? []).filter((run) => run.waitingOn === 'decision').map((run) => run.run);
      const decided = [...deciding].filter((run) => !waiting.includes(run));
      deciding = new Set(waiting);
      for (const run of decided) host.proposals.close(run).catch(onError);
      const isOnScreen = decided.some((run) => Date.now() - (shownAt.get(run) ?? 0) < toastMs);
      // The API closes no message; toasts that go lie in the notification centre, where nothing is lost.
      if (isOnScreen) void vscode.commands.executeCommand('notifications.hideToasts');
      for (const run of decided) shownAt.delete(run);
    }),
  );
}

interface Buttons {
  readonly show: string;
  readonly accept: string;
  /** In the order in which they stand. */
  readonly all: readonly string[];
}

const reject = 'Reject';
const review: Buttons = { show: 'Review', accept: 'Accept', all: ['Review', 'Accept', reject] };
const look: Buttons = { ...review, all: ['Review', reject] };
const apply: Buttons = { show: 'Show', accept: 'Apply', all: ['Apply', 'Show', reject] };

/** With `approval: ask` it is one question; else the diff is the place to decide, and this leads there. */
async function askToDecide(host: Host, run: RunView, onAnswered: () => void): Promise<void> {
  // What would be installed is not taken without a look at the difference.
  const isHeld = (run.assessment?.held.length ?? 0) > 0;
  const asks = run.approval === 'ask' && !isHeld;
  const { show, accept, all } = isHeld ? look : asks ? apply : review;
  const text = asks ? describeLanding(run) : describeProposal(run);
  const choice = await vscode.window.showInformationMessage(text, ...all);
  onAnswered();
  if (choice === undefined) return;
  const now = host.views.findRun(run.run);
  if (now?.waitingOn !== 'decision') {
    void vscode.window.showInformationMessage(describeDecided(run, now));
    return;
  }
  if (choice === show) await host.proposals.show(run.run);
  else await decide(host, { run: run.run, accept: choice === accept });
}
