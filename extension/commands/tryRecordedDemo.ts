import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { writeRecordedDemo } from './modelSettings.ts';

/** Answers from recordings instead of a model: no key, no network, no cost. */
export const tryRecordedDemo: Command<'codegenLab.tryRecordedDemo'> = {
  id: 'codegenLab.tryRecordedDemo',
  needsTrust: true,
  async run() {
    const folder = (await findRecordings()) ?? (await askForRecordings());
    if (!folder) return;
    await writeRecordedDemo(folder.fsPath);
    void vscode.window.showInformationMessage(
      'Codegen Lab now answers from recordings: a prompt that was recorded gets its answer, any other is refused and says why. Save a file of the demo to see a rule fire. Choose a model to end it.',
    );
  },
};

/** Recordings that lie in an open folder; they are used because the person asks for it here. */
async function findRecordings(): Promise<vscode.Uri | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const uri = vscode.Uri.joinPath(folder.uri, '.codegen-lab', 'cassettes');
    const found = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (found) return uri;
  }
  return undefined;
}

async function askForRecordings(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Folder with recorded answers',
    openLabel: 'Use Recordings',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0];
}
