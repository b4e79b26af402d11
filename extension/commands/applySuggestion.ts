import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** Does what a review suggests, where its finding stands. */
export const applySuggestion: Command<'codegenLab.applySuggestion'> = {
  id: 'codegenLab.applySuggestion',
  needsTrust: false,
  async run({ reviews }, argument) {
    const id = reviews.find(argument);
    const refusal = id === undefined ? 'Open the thread of a finding first.' : await reviews.apply(id);
    if (refusal !== undefined) void vscode.window.showWarningMessage(`Codegen Lab: ${refusal}`);
  },
};
