import * as vscode from 'vscode';
import { readCoverage } from '../../server/protocol/testRequests.ts';
import { joinLines } from '../testing/joinLines.ts';
import type { Command } from './command.ts';

/** Lists the lines of a file that no test ran, and shows the one that is chosen. */
export const showUncoveredLines: Command<'codegenLab.showUncoveredLines'> = {
  id: 'codegenLab.showUncoveredLines',
  needsTrust: false,
  async run({ server, lastSource }, argument) {
    const uri = typeof argument?.uri === 'string' ? vscode.Uri.parse(argument.uri) : lastSource.uri;
    const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
    if (!uri || !folder) {
      void vscode.window.showInformationMessage('Codegen Lab: open the file whose coverage is to be shown.');
      return;
    }
    const path = vscode.workspace.asRelativePath(uri, false);
    const report = await server.request(readCoverage, { folder: folder.uri.fsPath });
    const file = report?.files.find((each) => each.path === path);
    if (!file) return offerRun(path);
    if (file.missed.length === 0) {
      void vscode.window.showInformationMessage(`Codegen Lab: tests ran every line of ${path}.`);
      return;
    }
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    await chooseLines(editor, joinLines(file.missed));
  },
};

async function offerRun(path: string): Promise<void> {
  const run = 'Run All with Coverage';
  const message = `Codegen Lab: no test run has measured ${path} in this session.`;
  if ((await vscode.window.showInformationMessage(message, run)) === run)
    await vscode.commands.executeCommand('testing.coverageAll');
}

interface LinesItem extends vscode.QuickPickItem {
  readonly range: vscode.Range;
}

/** Each is shown as the selection goes over it; leaving the list goes back. */
async function chooseLines(
  editor: vscode.TextEditor,
  spans: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  const { document, selection, visibleRanges } = editor;
  const items = spans.map(({ from, to }): LinesItem => {
    const last = Math.min(to, document.lineCount - 1);
    const first = Math.min(from, last);
    return {
      label: first === last ? `Line ${first + 1}` : `Lines ${first + 1} to ${last + 1}`,
      description: document.lineAt(first).text.trim(),
      range: new vscode.Range(first, 0, last, document.lineAt(last).text.length),
    };
  });
  const reveal = ({ range }: LinesItem): void => {
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: 'Lines that no test ran',
    matchOnDescription: true,
    onDidSelectItem: (item) => {
      const shown = items.find((each) => each === item);
      if (shown) reveal(shown);
    },
  });
  if (chosen) return reveal(chosen);
  editor.selection = selection;
  const [before] = visibleRanges;
  if (before) editor.revealRange(before, vscode.TextEditorRevealType.AtTop);
}
