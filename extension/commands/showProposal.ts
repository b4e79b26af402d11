import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Opens the proposal as a diff of all its files. */
export const showProposal: Command<'codegenLab.showProposal'> = {
  id: 'codegenLab.showProposal',
  needsTrust: false,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) =>
        candidate.files.length > 0 && isAsked(candidate.run, argument, candidate.waitingOn),
      placeHolder: 'Which proposal is to be shown?',
      none: 'Codegen Lab: there is no proposal to show.',
    });
    if (run) await host.proposals.show(run.run);
  },
};

/** A decided proposal is shown when it is named, but not offered. */
function isAsked(
  run: string,
  argument: { readonly run: string } | undefined,
  waitingOn: string | undefined,
): boolean {
  return waitingOn !== undefined || argument?.run === run;
}
