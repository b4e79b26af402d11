import * as vscode from 'vscode';
import { listModels } from '../../server/protocol/modelRequests.ts';
import { offerCommands } from '../views/offerCommands.ts';
import type { Command } from './command.ts';
import { writeModel } from './modelSettings.ts';
import { offerProviders, pickModel } from './providers.ts';

/** Asks the models of Ollama on this machine; needs no key. */
export const useOllama: Command<'codegenLab.useOllama'> = {
  id: 'codegenLab.useOllama',
  needsTrust: false,
  async run(host) {
    const offer = (await offerProviders(host)).find(({ id }) => id === 'ollama');
    if (!offer) return;
    const offered = await host.server.request(listModels, { provider: offer.id });
    if (offered.kind === 'failed') {
      offerCommands({
        message: `${offered.message} Install it from ollama.com if you do not have it.`,
        severity: 'warning',
        buttons: [['Try Again', 'codegenLab.useOllama']],
      });
      return;
    }
    const model = await pickModel(host, offer);
    if (!model) return;
    await writeModel({ provider: offer.id, model });
    void vscode.window.showInformationMessage(`Codegen Lab asks ${model} of Ollama from now on.`);
  },
};
