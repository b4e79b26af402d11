import * as vscode from 'vscode';
import { resumeRun as resumeRunRequest } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Goes on with a run that was cut short, without what it had done already. */
export const resumeRun: Command<'codegenLab.resumeRun'> = {
  id: 'codegenLab.resumeRun',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: (candidate) => candidate.outcome === 'interrupted',
      placeHolder: 'Which run is to go on?',
      none: 'Codegen Lab: no run was interrupted.',
    });
    if (!run) return;
    const started = await host.server.request(resumeRunRequest, { folder: run.folder, run: run.run });
    if ('refused' in started) void vscode.window.showWarningMessage(`Codegen Lab: ${started.refused}`);
  },
};
