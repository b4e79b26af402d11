import { examineHealth } from '../../server/protocol/health.ts';
import type { Command } from './command.ts';
import { askForHealth } from './healthPage.ts';

/** Shows how the whole installation is: server, models, sandbox, test runners, disk. */
export const doctor: Command<'codegenLab.doctor'> = {
  id: 'codegenLab.doctor',
  needsTrust: false,
  async run(host) {
    const page = await askForHealth(host, 'Codegen Lab: looking at the installation', examineHealth);
    await host.prompts.showPage('Doctor', page);
  },
};
