import * as vscode from 'vscode';
import { listAllRules } from '../../server/protocol/requests.ts';
import type { Command, Host } from './command.ts';

/** Mends all that can be mended with certainty, in all rule files of the open folders, as one undo step. */
export const fixRules: Command<'codegenLab.fixRules'> = {
  id: 'codegenLab.fixRules',
  needsTrust: false,
  async run(host) {
    const edit = new vscode.WorkspaceEdit();
    for (const uri of await filesOf(host)) for (const changes of await fixesOf(uri)) edit.set(uri, changes);
    const files = edit.size;
    if (files > 0 && !(await vscode.workspace.applyEdit(edit)))
      throw new Error('the rules could not be changed.');
    const changed = `${files} ${files === 1 ? 'rule file was' : 'rule files were'} changed and not saved yet.`;
    const nothing = 'no rule has a problem that can be mended with certainty.';
    void vscode.window.showInformationMessage(`Codegen Lab: ${files === 0 ? nothing : changed}`);
  },
};

async function filesOf(host: Host): Promise<readonly vscode.Uri[]> {
  const rules = await host.server.request(listAllRules, {});
  const files = new Set(rules.filter(({ place }) => place !== 'library').map(({ uri }) => uri));
  return [...files].map((uri) => vscode.Uri.parse(uri));
}

/** The server answers about files that are open; a file without a problem needs no question. */
async function fixesOf(uri: vscode.Uri): Promise<readonly vscode.TextEdit[][]> {
  if (vscode.languages.getDiagnostics(uri).length === 0) return [];
  const document = await vscode.workspace.openTextDocument(uri);
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
    vscode.CodeActionKind.SourceFixAll.value,
  );
  return actions.flatMap(({ edit }) => {
    const edits = edit?.get(document.uri) ?? [];
    return edits.length === 0 ? [] : [edits];
  });
}
