import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { pickRule } from './pickRule.ts';

/** Opens a rule where it is written. */
export const showRule: Command<'codegenLab.showRule'> = {
  id: 'codegenLab.showRule',
  needsTrust: false,
  async run(host, argument) {
    const place =
      typeof argument?.uri === 'string'
        ? argument
        : await pickRule(host, { placeHolder: 'Show which rule?', matches: () => true });
    if (!place) return;
    const start = new vscode.Position(place.line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), {
      selection: new vscode.Range(start, start),
    });
  },
};
