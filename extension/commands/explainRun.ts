import * as vscode from 'vscode';
import { fileUri } from '../folderUri.ts';
import { explainedRun, type RunFact } from '../views/explainedRun.ts';
import type { Command } from './command.ts';
import { pickRun } from './pickRun.ts';

/** Says why a run happened, from its journal, and opens what decided. */
export const explainRun: Command<'codegenLab.explainRun'> = {
  id: 'codegenLab.explainRun',
  needsTrust: false,
  async run(host, argument) {
    const run = await pickRun(host, {
      argument,
      matches: () => true,
      placeHolder: 'Which run?',
      none: 'Codegen Lab: nothing has run yet.',
    });
    if (!run) return;
    const facts = explainedRun(run, (id) => host.views.findRun(id));
    const title = `Why Did ${run.rule || 'This'} ${run.rule ? `Fire on ${run.file}` : 'Run'}?`;
    const placeHolder = 'Choose a line to open what it names';
    const chosen = await vscode.window.showQuickPick<RunFact>(facts, { title, placeHolder });
    if (chosen) await open(run.folder, chosen);
  },
};

async function open(folder: string, { target }: RunFact): Promise<void> {
  if (target === undefined) return;
  if (target.kind === 'run') {
    await vscode.commands.executeCommand('codegenLab.showRuns', { run: target.run });
    return;
  }
  const uri = target.path.startsWith('builtin:')
    ? vscode.Uri.parse(target.path)
    : fileUri(folder, target.path);
  const at = new vscode.Position(target.line, target.character);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
