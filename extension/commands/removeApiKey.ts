import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { pickProvider, providers } from './providers.ts';

/** Forgets a provider's key. */
export const removeApiKey: Command<'codegenLab.removeApiKey'> = {
  id: 'codegenLab.removeApiKey',
  needsTrust: false,
  async run(host) {
    const offer = await pickProvider(providers, 'Remove the key of which provider?');
    if (!offer) return;
    const known = (await host.keys.read(offer.id)).value !== undefined;
    await host.keys.remove(offer.id);
    const what = known ? 'key removed' : 'no key was kept';
    void vscode.window.showInformationMessage(`Codegen Lab: ${what} for ${offer.label}.`);
  },
};
