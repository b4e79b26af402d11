import * as vscode from 'vscode';
import { decideProposal } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';

export interface ProposalDecision {
  readonly run: string;
  readonly accept: boolean;
  /** undefined: all files. */
  readonly paths?: readonly string[];
}

/** Sends a person's decision and closes the diff. What could not be done is said, with its reason. */
export async function decide(host: Host, decision: ProposalDecision): Promise<void> {
  const seen = host.proposals.wasShown(decision.run);
  const { ok, message } = await host.server.request(decideProposal, { ...decision, seen });
  if (ok) await host.proposals.close(decision.run);
  else void vscode.window.showWarningMessage(`Codegen Lab: ${message}`);
}
