import * as vscode from 'vscode';
import type { ServerConnection } from './serverConnection.ts';

const ruleFiles = '{**/*.mdc,.cursorrules}';
const elsewhere = '**/{node_modules,.git}/**';
const bundledRules = 'codegenLab.rules.builtin';

/**
 * Starts the server with the first sign that there is something for it to do in this window: a rule file that lies in
 * a folder, is opened or comes, or bundled rules that the user has switched on. The editor activates this extension in
 * every window, because no event tells it of a setting; where there is no sign, it costs no process.
 */
export function startWhenConcerned(server: ServerConnection): vscode.Disposable {
  const start = (): void => {
    if (server.state !== 'stopped') return;
    signs.dispose();
    startServer(server);
  };
  const look = (): void => {
    void isConcerned().then((concerned) => concerned && start());
  };
  const watcher = vscode.workspace.createFileSystemWatcher(ruleFiles, false, true, true);
  const signs = vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(start),
    vscode.workspace.onDidOpenTextDocument((document) => isRule(document) && start()),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(bundledRules) && look()),
  );
  look();
  return signs;
}

/** Starts a server that was never started. A failure is shown by the connection itself, with a way to start again. */
export function startServer(server: ServerConnection): void {
  if (server.state === 'stopped') void server.start().catch(() => undefined);
}

/** The cheap signs first; a search of the folders ends with the first rule file. */
async function isConcerned(): Promise<boolean> {
  if (vscode.workspace.getConfiguration().get<readonly unknown[]>(bundledRules, []).length > 0) return true;
  if (vscode.workspace.textDocuments.some(isRule)) return true;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(hasRuleFolder));
  if (found.includes(true)) return true;
  return (await vscode.workspace.findFiles(ruleFiles, elsewhere, 1)).length > 0;
}

function hasRuleFolder(folder: vscode.WorkspaceFolder): Thenable<boolean> {
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, '.cursor', 'rules')).then(
    () => true,
    () => false,
  );
}

function isRule(document: vscode.TextDocument): boolean {
  return document.languageId === 'mdc';
}
