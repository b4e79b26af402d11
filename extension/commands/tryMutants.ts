import * as vscode from 'vscode';
import { tryMutants as tryMutantsRequest } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';

/** Tries small wrong changes of the file in front on its tests; what they let live stands in Problems then. */
export const tryMutants: Command<'codegenLab.tryMutants'> = {
  id: 'codegenLab.tryMutants',
  needsTrust: true,
  async run({ server, lastSource }, argument) {
    const uri = typeof argument?.uri === 'string' ? argument.uri : lastSource.uri?.toString();
    if (uri === undefined) {
      void vscode.window.showInformationMessage('Codegen Lab: open the file whose tests are to be tried.');
      return;
    }
    const { ok, message } = await server.request(tryMutantsRequest, { uri });
    const text = `Codegen Lab: ${message}`;
    void (ok ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
  },
};
