import type { Command } from './command.ts';
import { pickApproval } from './pickApproval.ts';

/** Shows what a rule was allowed with beside what it says now; without a name: all that changed. */
export const showApprovalChanges: Command<'codegenLab.showApprovalChanges'> = {
  id: 'codegenLab.showApprovalChanges',
  needsTrust: false,
  async run(host, argument) {
    const changed = host.approvals.list.filter((each) => each.changed !== undefined);
    if (argument === undefined && changed.length > 1) return host.approvalTexts.show(changed);
    const approval = await pickApproval(host, {
      argument,
      matches: (each) => (argument === undefined ? each.changed !== undefined : true),
      placeHolder: 'Of which rule?',
      none: 'Codegen Lab: no approved rule has changed.',
    });
    if (approval) await host.approvalTexts.show([approval]);
  },
};
