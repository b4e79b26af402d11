import * as vscode from 'vscode';
import { revealRun } from '../views/runsTree.ts';
import type { Command } from './command.ts';

/** Opens the timeline of the runs, at one of them if it is named. */
export const showRuns: Command<'codegenLab.showRuns'> = {
  id: 'codegenLab.showRuns',
  needsTrust: false,
  async run(_host, argument) {
    await vscode.commands.executeCommand('codegenLab.runs.focus');
    if (typeof argument?.run === 'string') await revealRun(argument.run);
  },
};
