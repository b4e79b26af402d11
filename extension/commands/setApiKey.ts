import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { chosenProvider, writeModel } from './modelSettings.ts';
import { askForBaseUrl, askForModel, pickProvider, providers, type ProviderOffer } from './providers.ts';

/** Keeps a provider's key in the editor's vault; chooses the provider when none is chosen yet. */
export const setApiKey: Command<'codegenLab.setApiKey'> = {
  id: 'codegenLab.setApiKey',
  needsTrust: false,
  async run(host) {
    const offer = await pickProvider(providers, 'A key for which provider?');
    const key = offer && (await askForKey(offer));
    if (!offer || !key) return;
    await host.keys.store(offer.id, key.trim());
    if (!chosenProvider()) await chooseProvider(offer);
    void vscode.window.showInformationMessage(
      // A message without buttons shows its beginning alone.
      `Codegen Lab: key kept for ${offer.label}, in the editor's secret storage. It holds from the next call on.`,
    );
  },
};

function askForKey(offer: ProviderOffer): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `API key for ${offer.label}`,
    prompt: 'Kept in the secret storage of the editor, never in settings or files',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() ? undefined : 'A key, please.'),
  });
}

async function chooseProvider(offer: ProviderOffer): Promise<void> {
  const baseUrl = offer.asksBaseUrl ? await askForBaseUrl('') : '';
  if (baseUrl === undefined) return;
  const model = await askForModel(offer);
  if (model) await writeModel({ provider: offer.id, model: model.trim(), baseUrl: baseUrl.trim() });
}
