import { revokeApprovals } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickApproval } from './pickApproval.ts';

/** Takes back what a rule was allowed; it asks anew before it acts. */
export const revokeApproval: Command<'codegenLab.revokeApproval'> = {
  id: 'codegenLab.revokeApproval',
  needsTrust: false,
  async run(host, argument) {
    const approval = await pickApproval(host, {
      argument,
      matches: ({ approvedAt, state }) => approvedAt !== undefined || state === 'denied',
      placeHolder: 'Which rule is to ask again?',
      none: 'Codegen Lab: no rule is approved here.',
    });
    if (!approval) return;
    const { folder, ruleId } = approval;
    await host.server.request(revokeApprovals, { folder, ruleIds: [ruleId] });
  },
};
