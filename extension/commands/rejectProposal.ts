import { decide } from '../proposals/decide.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Drops a proposal; nothing is written. */
export const rejectProposal: Command<'codegenLab.rejectProposal'> = {
  id: 'codegenLab.rejectProposal',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.waitingOn === 'decision',
      placeHolder: 'Which proposal is to be rejected?',
      none: 'Codegen Lab: no proposal is waiting.',
    });
    if (run) await decide(host, { run: run.run, accept: false });
  },
};
