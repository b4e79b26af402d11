import * as vscode from 'vscode';
import { fileSaved } from '../server/protocol/requests.ts';
import type { OwnSaves } from './landing/ownSaves.ts';
import type { ServerConnection } from './server/serverConnection.ts';

/** Tells the server which saves are a person's: the LSP's `didSave` does not say. */
export function watchSaveOrigins(server: ServerConnection, ownSaves: OwnSaves): vscode.Disposable {
  const reasons = new Map<string, vscode.TextDocumentSaveReason>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (document.uri.scheme === 'file') reasons.set(document.uri.toString(), reason);
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const key = uri.toString();
      const reason = reasons.get(key);
      reasons.delete(key);
      if (uri.scheme !== 'file' || ownSaves.has(key)) return;
      const isManual = reason === vscode.TextDocumentSaveReason.Manual;
      server.notify(fileSaved, { uri: key, origin: isManual ? 'user' : 'auto' });
    }),
  );
}
