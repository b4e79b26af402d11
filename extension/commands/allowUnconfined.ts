import { askForUnconfined } from '../views/unconfinedPrompt.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Asks whether the tests of a waiting run may run without a sandbox. */
export const allowUnconfined: Command<'codegenLab.allowUnconfined'> = {
  id: 'codegenLab.allowUnconfined',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.waitingOn === 'unconfined',
      placeHolder: 'Whose tests?',
      none: 'Codegen Lab: no tests are waiting.',
    });
    if (run) await askForUnconfined(host, run);
  },
};
