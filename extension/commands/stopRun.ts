import { stopRun as stopRunRequest } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Stops one run and every process it started. */
export const stopRun: Command<'codegenLab.stopRun'> = {
  id: 'codegenLab.stopRun',
  needsTrust: false,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.phase !== 'finished',
      placeHolder: 'Which run is to be stopped?',
      none: 'Codegen Lab: nothing is running.',
    });
    if (run) await host.server.request(stopRunRequest, { run: run.run });
  },
};
