import type { Command } from './command.ts';

/** Takes the thread of a finding away for good; the next review may find the same again. */
export const dismissFinding: Command<'codegenLab.dismissFinding'> = {
  id: 'codegenLab.dismissFinding',
  needsTrust: false,
  async run({ reviews }, argument) {
    const id = reviews.find(argument);
    if (id !== undefined) await reviews.dismiss(id);
  },
};
