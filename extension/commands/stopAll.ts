import * as vscode from 'vscode';
import { stopRun } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';

/** Stops every run and every process they started. */
export const stopAll: Command<'codegenLab.stopAll'> = {
  id: 'codegenLab.stopAll',
  needsTrust: false,
  async run(host) {
    const { stopped } = await host.server.request(stopRun, { run: 'all' });
    const text = stopped === 0 ? 'Codegen Lab: nothing was running' : `Codegen Lab: stopped ${stopped}`;
    vscode.window.setStatusBarMessage(text, 4000);
  },
};
