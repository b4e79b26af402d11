import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** Shows a rule file as Markdown, beside it; the editor's own preview is there for Markdown files alone. */
export const showPreview: Command<'codegenLab.showPreview'> = {
  id: 'codegenLab.showPreview',
  needsTrust: false,
  async run(_host, argument) {
    const uri = uriOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) throw new Error('no file is open. Open a rule first.');
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  },
};

/** A menu of files hands over the file, the tree of rules a rule. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const { uri } = (argument ?? {}) as { readonly uri?: unknown };
  return typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined;
}
