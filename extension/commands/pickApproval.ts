import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ApprovalView } from '../../server/protocol/approvals.ts';
import { describeState } from '../approvals/groupApprovals.ts';
import type { Host } from './command.ts';

/** How a command names what it is about: a rule, or a run that waits for it. */
export type ApprovalArgument =
  | { readonly run: string }
  | { readonly folder: string; readonly ruleId: string }
  | undefined;

export interface ApprovalChoice {
  readonly argument: ApprovalArgument;
  /** Approvals that the command is for. */
  readonly matches: (approval: ApprovalView) => boolean;
  readonly placeHolder: string;
  /** Said when none matches. */
  readonly none: string;
}

/** The approval that a command names, the only one, or the person's choice. */
export async function pickApproval(host: Host, choice: ApprovalChoice): Promise<ApprovalView | undefined> {
  const candidates = host.approvals.list.filter(choice.matches);
  const meant = candidates.find((each) => isNamed(each, choice.argument));
  if (meant) return meant;
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(choice.none);
    return undefined;
  }
  if (candidates.length === 1) return candidates[0];
  const isMultiRoot = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const items = candidates.map((approval) => ({
    label: approval.name,
    description: [isMultiRoot ? basename(approval.folder) : '', describeState(approval, Date.now())]
      .filter(Boolean)
      .join(' · '),
    detail: approval.may.join('; '),
    approval,
  }));
  const options = { placeHolder: choice.placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.approval;
}

function isNamed({ folder, ruleId, run }: ApprovalView, argument: ApprovalArgument): boolean {
  if (argument === undefined) return false;
  return 'ruleId' in argument
    ? argument.ruleId === ruleId && argument.folder === folder
    : run !== undefined && argument.run === run;
}
