import type { Command } from './command.ts';

/** Goes to the next hunk of the proposal in front. */
export const nextHunk: Command<'codegenLab.nextHunk'> = {
  id: 'codegenLab.nextHunk',
  needsTrust: false,
  run: (host) => host.proposals.hunks.go(1),
};
