import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** Opens the first steps. */
export const openWalkthrough: Command<'codegenLab.openWalkthrough'> = {
  id: 'codegenLab.openWalkthrough',
  needsTrust: false,
  async run(host) {
    const category = `${host.context.extension.id}#codegenLab.start`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', { category }, false);
  },
};
