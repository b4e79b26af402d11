import * as vscode from 'vscode';
import { promotedPath } from '../rules/rulePlaces.ts';
import type { Command } from './command.ts';

/** Moves a draft to the rules that act; the references to it follow, and one undo takes it back. */
export const promoteDraft: Command<'codegenLab.promoteDraft'> = {
  id: 'codegenLab.promoteDraft',
  needsTrust: false,
  async run(_host, argument) {
    const from = uriOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
    const path = from && promotedPath(from.path);
    if (!from || path === undefined)
      throw new Error('this file is no draft: drafts lie in .cursor/drafts. Open one first.');
    const fault = firstError(from);
    if (fault !== undefined && !(await isMeant(fault))) return;
    const to = from.with({ path });
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to, { overwrite: false });
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new Error(`${vscode.workspace.asRelativePath(to)} is there already, or cannot be written.`);
    await vscode.window.showTextDocument(to);
  },
};

/** A menu of files hands over the file, the tree of rules a rule. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  return typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined;
}

function firstError(uri: vscode.Uri): string | undefined {
  return vscode.languages
    .getDiagnostics(uri)
    .find(({ severity }) => severity === vscode.DiagnosticSeverity.Error)?.message;
}

async function isMeant(fault: string): Promise<boolean> {
  const message = 'This draft has an error and will not act until it is mended.';
  const options = { modal: true, detail: fault };
  return (await vscode.window.showWarningMessage(message, options, 'Promote Anyway')) !== undefined;
}
