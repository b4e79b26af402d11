import * as vscode from 'vscode';
import { decideProposal } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';

export interface ProposalDecision {
  readonly run: string;
  readonly accept: boolean;
  /** undefined: all files. */
  readonly paths?: readonly string[];
}

const acceptAnyway = 'Accept Anyway';

/**
 * Sends a person's decision, without the hunks that the person left out, and closes the diff. What could not be done is said,
 * with its reason; where the chosen parts are not proven without the others, the person may take them as they are.
 */
export async function decide(host: Host, decision: ProposalDecision): Promise<void> {
  const { run, accept } = decision;
  const seen = host.proposals.wasShown(run);
  const hunks = accept ? await host.proposals.hunks.kept(run) : [];
  const order = { ...decision, seen, ...(hunks.length === 0 ? {} : { hunks }) };
  const { ok, message, unproven } = await host.server.request(decideProposal, order);
  if (ok) return host.proposals.close(run);
  const text = `Codegen Lab: ${message}`;
  if (unproven !== true) {
    void vscode.window.showWarningMessage(text);
    return;
  }
  if ((await vscode.window.showWarningMessage(text, acceptAnyway)) !== acceptAnyway) return;
  const again = await host.server.request(decideProposal, { ...order, unproven: true });
  if (again.ok) await host.proposals.close(run);
  else void vscode.window.showWarningMessage(`Codegen Lab: ${again.message}`);
}
