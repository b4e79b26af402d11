import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { offerProviders, pickProvider } from './providers.ts';

/** Forgets a provider's key. One from elsewhere is not ours to forget, so it is named. */
export const removeApiKey: Command<'codegenLab.removeApiKey'> = {
  id: 'codegenLab.removeApiKey',
  needsTrust: false,
  async run(host) {
    const offers = (await offerProviders(host)).filter((offer) => offer.needsKey || offer.asksBaseUrl);
    const offer = await pickProvider(offers, 'Remove the key of which provider?');
    if (!offer) return;
    const known = (await host.keys.read(offer.id)).value !== undefined;
    await host.keys.remove(offer.id);
    const what = known ? 'key removed' : 'no key was kept';
    const left = (await offerProviders(host)).find(({ id }) => id === offer.id)?.keyFrom;
    const rest = left === undefined ? '' : ` The key from ${left} is used from now on.`;
    void vscode.window.showInformationMessage(`Codegen Lab: ${what} for ${offer.label}.${rest}`);
  },
};
