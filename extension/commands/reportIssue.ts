import * as vscode from 'vscode';
import { describeIssue } from '../../server/protocol/health.ts';
import type { Command } from './command.ts';
import { askForHealth } from './healthPage.ts';

/** Opens a masked bundle for a report of an issue as a document of the person's own. Nothing is sent. */
export const reportIssue: Command<'codegenLab.reportIssue'> = {
  id: 'codegenLab.reportIssue',
  needsTrust: false,
  async run(host) {
    const content = await askForHealth(host, 'Codegen Lab: gathering a report', describeIssue);
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
  },
};
