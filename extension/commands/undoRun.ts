import * as vscode from 'vscode';
import { undoRun as undoRunRequest } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Takes back what a run changed, at any later time, and names the files that it leaves. */
export const undoRun: Command<'codegenLab.undoRun'> = {
  id: 'codegenLab.undoRun',
  needsTrust: true,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      // One that is named is judged by the server, which knows its journal.
      matches: (candidate) =>
        candidate.run === argument?.run || (candidate.landed === true && candidate.phase === 'finished'),
      placeHolder: 'Which run is to be undone?',
      none: 'Codegen Lab: no run has changed a file.',
    });
    if (!run) return;
    const { ok, message, left } = await host.server.request(undoRunRequest, {
      folder: run.folder,
      run: run.run,
    });
    const say =
      ok && left.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    void say(`Codegen Lab: ${message}`);
  },
};
