import type { Command } from './command.ts';

/** Goes to the previous hunk of the proposal in front. */
export const previousHunk: Command<'codegenLab.previousHunk'> = {
  id: 'codegenLab.previousHunk',
  needsTrust: false,
  run: (host) => host.proposals.hunks.go(-1),
};
