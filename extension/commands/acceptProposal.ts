import { decide } from '../proposals/decide.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Lands a whole proposal. */
export const acceptProposal: Command<'codegenLab.acceptProposal'> = {
  id: 'codegenLab.acceptProposal',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.waitingOn === 'decision',
      placeHolder: 'Which proposal is to be accepted?',
      none: 'Codegen Lab: no proposal is waiting.',
    });
    if (run) await decide(host, { run: run.run, accept: true });
  },
};
