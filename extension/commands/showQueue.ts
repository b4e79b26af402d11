import { basename } from 'node:path';
import * as vscode from 'vscode';
import { listQueue, stopRun, type QueuedRun } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';

const states: Readonly<Record<QueuedRun['state'], string>> = {
  quiet: '$(clock) waits until its file is quiet',
  ready: '$(list-ordered) waits for others that run',
  running: '$(sync) runs',
};

/** Shows what rules have to do, and takes one out or all. */
export const showQueue: Command<'codegenLab.showQueue'> = {
  id: 'codegenLab.showQueue',
  needsTrust: false,
  async run(host) {
    const queue = await host.server.request(listQueue, {});
    if (queue.length === 0) {
      void vscode.window.showInformationMessage('Codegen Lab: no rule waits or runs.');
      return;
    }
    const all = { label: '$(stop-circle) Cancel all', run: 'all' };
    const each = queue.map(({ run, rule, folder, file, event, state, held }) => ({
      label: `${rule} on ${file}`,
      description: `${event} in ${basename(folder)}`,
      detail: held === undefined ? states[state] : `$(debug-pause) waits because ${held}`,
      run,
    }));
    const items = queue.length > 1 ? [...each, all] : each;
    const placeHolder = 'Choose what is to be cancelled';
    const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    if (chosen) await host.server.request(stopRun, { run: chosen.run });
  },
};
