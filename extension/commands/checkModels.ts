import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ModelsReport } from '../../server/protocol/modelsReport.ts';
import { checkModels as checkModelsRequest } from '../../server/protocol/requests.ts';
import { renderModelsReport } from '../views/renderModelsReport.ts';
import type { Command } from './command.ts';

/** Shows who would be asked for what, and tries every candidate if the person wants it. */
export const checkModels: Command<'codegenLab.checkModels'> = {
  id: 'codegenLab.checkModels',
  needsTrust: true,
  async run(host) {
    const tries = await askWhetherToTry();
    if (tries === undefined) return;
    const reports = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Codegen Lab: checking models' },
      () => host.server.request(checkModelsRequest, { tries }),
    );
    const parts = reports.map(({ folder, report }) => renderFolder(folder, report, reports.length > 1));
    await host.prompts.showPage('Models', parts.join('\n\n') || 'No folder is open.');
  },
};

async function askWhetherToTry(): Promise<boolean | undefined> {
  const items = [
    {
      label: 'Show and try',
      detail: 'Asks every model one tiny question; this may cost a little.',
      tries: true,
    },
    { label: 'Show only', detail: 'Asks nobody.', tries: false },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Check who answers for which role' }))
    ?.tries;
}

function renderFolder(folder: string, report: ModelsReport, isOneOfSeveral: boolean): string {
  const text = renderModelsReport(report);
  return isOneOfSeveral ? `# ${basename(folder)}\n\n${text}` : text;
}
