import type { Command } from './command.ts';

/** Takes a hunk of a proposal that was left out. */
export const acceptHunk: Command<'codegenLab.acceptHunk'> = {
  id: 'codegenLab.acceptHunk',
  needsTrust: false,
  run: (host, argument) => host.proposals.hunks.choose(argument, true),
};
