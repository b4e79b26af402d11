import { askForApproval } from '../views/approvalPrompt.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Asks whether the rule of a waiting run may act. */
export const approveRule: Command<'codegenLab.approveRule'> = {
  id: 'codegenLab.approveRule',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.waitingOn === 'approval',
      placeHolder: 'Which rule is to be allowed?',
      none: 'Codegen Lab: no rule is waiting to be allowed.',
    });
    if (run) await askForApproval(host, run);
  },
};
