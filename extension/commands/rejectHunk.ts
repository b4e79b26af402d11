import type { Command } from './command.ts';

/** Leaves a hunk of a proposal out: what is accepted later lands without it. */
export const rejectHunk: Command<'codegenLab.rejectHunk'> = {
  id: 'codegenLab.rejectHunk',
  needsTrust: false,
  run: (host, argument) => host.proposals.hunks.choose(argument, false),
};
