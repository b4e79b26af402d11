import * as vscode from 'vscode';
import { fileOpened } from '../server/protocol/requests.ts';
import type { ServerConnection } from './server/serverConnection.ts';

/** Tells the server which files a person opens: the LSP's `didOpen` also tells of texts that extensions read. */
export function watchOpenedFiles(server: ServerConnection): vscode.Disposable {
  return vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
    for (const { input } of opened)
      if (input instanceof vscode.TabInputText && input.uri.scheme === 'file')
        server.notify(fileOpened, { uri: input.uri.toString() });
  });
}
