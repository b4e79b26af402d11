import * as vscode from 'vscode';
import type { RunView } from '../../server/protocol/viewState.ts';
import { describeRun } from '../views/describeRun.ts';
import type { Host } from './command.ts';

export interface RunChoice {
  /** What the command was called with. */
  readonly argument: { readonly run: string } | undefined;
  /** Runs that the command is for. */
  readonly matches: (run: RunView) => boolean;
  readonly placeHolder: string;
  /** Said when no run matches. */
  readonly none: string;
}

/** The run that a command means: its argument, the open proposal, the only one, or the person's choice. */
export async function pickRun(host: Host, choice: RunChoice): Promise<RunView | undefined> {
  const named = runName(choice.argument) ?? host.proposals.activeRun;
  const candidates = host.views.runs.filter(choice.matches);
  const meant = candidates.find((candidate) => candidate.run === named);
  if (meant) return meant;
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(choice.none);
    return undefined;
  }
  if (candidates.length === 1) return candidates[0];
  return askForRun(candidates, choice.placeHolder);
}

function runName(argument: { readonly run: string } | undefined): string | undefined {
  return typeof argument?.run === 'string' ? argument.run : undefined;
}

async function askForRun(candidates: readonly RunView[], placeHolder: string): Promise<RunView | undefined> {
  const items = candidates.map((run) => {
    const { label, description } = describeRun(run);
    return { label, description, detail: run.message, run };
  });
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.run;
}
