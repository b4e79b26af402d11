import * as vscode from 'vscode';
import { revokeApprovals } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';

/** Takes back what all rules of the open folders were allowed. */
export const revokeAllApprovals: Command<'codegenLab.revokeAllApprovals'> = {
  id: 'codegenLab.revokeAllApprovals',
  needsTrust: false,
  async run(host) {
    const approved = host.approvals.list.filter(({ approvedAt }) => approvedAt !== undefined);
    if (approved.length === 0) {
      void vscode.window.showInformationMessage('Codegen Lab: no rule is approved here.');
      return;
    }
    const count = approved.length === 1 ? '1 rule' : `${approved.length} rules`;
    const revoke = 'Revoke All';
    const detail = 'Each asks again before it asks a model or runs a command.';
    const choice = await vscode.window.showWarningMessage(
      `Take back what you allowed ${count}?`,
      { modal: true, detail },
      revoke,
    );
    if (choice !== revoke) return;
    for (const folder of new Set(approved.map((each) => each.folder)))
      await host.server.request(revokeApprovals, { folder, ruleIds: 'all' });
  },
};
