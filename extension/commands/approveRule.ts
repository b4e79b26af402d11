import { waitsForAnswer } from '../approvals/groupApprovals.ts';
import { askForApproval } from '../views/approvalPrompt.ts';
import type { Command } from './command.ts';
import { pickApproval } from './pickApproval.ts';

/** Asks whether a rule may act: one that waits, or beforehand. */
export const approveRule: Command<'codegenLab.approveRule'> = {
  id: 'codegenLab.approveRule',
  needsTrust: true,
  async run(host, argument) {
    const isNamed = argument !== undefined && 'ruleId' in argument;
    const isWaiting = host.approvals.list.some(waitsForAnswer);
    const approval = await pickApproval(host, {
      argument,
      matches: (each) =>
        isWaiting && !isNamed ? waitsForAnswer(each) : each.state === 'asks' || each.state === 'denied',
      placeHolder: 'Which rule is to be allowed?',
      none: 'Codegen Lab: no rule is waiting to be allowed.',
    });
    if (approval) await askForApproval(host, [approval]);
  },
};
