import { basename } from 'node:path';
import * as vscode from 'vscode';
import { listQueue, stopRun, type QueuedRun } from '../../server/protocol/requests.ts';
import { fileUri } from '../folderUri.ts';
import type { Command, Host } from './command.ts';

const states: Readonly<Record<QueuedRun['state'], string>> = {
  quiet: '$(clock) waits until its file is quiet',
  ready: '$(list-ordered) waits for others that run',
  running: '$(sync) runs',
};

const cancel: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('close'), tooltip: 'Cancel' };
const cancelAll: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('stop-circle'),
  tooltip: 'Cancel All',
};

type Item = vscode.QuickPickItem & { readonly queued: QueuedRun };

/** Shows what rules have to do, in its order. One is cancelled by its button, all by that of the list; choosing one shows it. */
export const showQueue: Command<'codegenLab.showQueue'> = {
  id: 'codegenLab.showQueue',
  needsTrust: false,
  async run(host) {
    const first = itemsOf(await host.server.request(listQueue, {}));
    if (first.length === 0) {
      void vscode.window.showInformationMessage('Codegen Lab: no rule waits or runs.');
      return;
    }
    const list = vscode.window.createQuickPick<Item>();
    list.title = 'What Rules Have to Do';
    list.placeholder = 'Choose one to see it; the buttons cancel';
    list.matchOnDescription = true;
    list.buttons = [cancelAll];
    list.items = first;
    const stop = async (run: string): Promise<void> => {
      await host.server.request(stopRun, { run });
      list.items = itemsOf(await host.server.request(listQueue, {}));
      if (list.items.length === 0) list.hide();
    };
    const onError = (error: unknown): void => host.output.error(`codegenLab.showQueue: ${String(error)}`);
    list.onDidTriggerButton(() => void stop('all').catch(onError));
    list.onDidTriggerItemButton(({ item }) => void stop(item.queued.run).catch(onError));
    list.onDidAccept(() => {
      const [chosen] = list.selectedItems;
      list.hide();
      if (chosen) show(host, chosen.queued).then(undefined, onError);
    });
    list.onDidHide(() => list.dispose());
    list.show();
  },
};

function itemsOf(queue: readonly QueuedRun[]): readonly Item[] {
  return queue.map((queued) => ({
    label: `${queued.rule} on ${queued.file}`,
    description: `${queued.event} in ${basename(queued.folder)}`,
    detail: queued.held === undefined ? states[queued.state] : `$(debug-pause) waits because ${queued.held}`,
    buttons: [cancel],
    queued,
  }));
}

/** What has begun has a timeline; of what waits there is its file. */
async function show(host: Host, { run, folder, file }: QueuedRun): Promise<void> {
  if (host.views.findRun(run)) await vscode.commands.executeCommand('codegenLab.showRuns', { run });
  else await vscode.window.showTextDocument(fileUri(folder, file));
}
