import * as vscode from 'vscode';
import { listModels, type OfferedProvider } from '../../server/protocol/modelRequests.ts';
import type { Command, Host } from './command.ts';
import { addProvider, chosenProvider, writeModel } from './modelSettings.ts';
import { askForBaseUrl, offerProviders, pickModel, pickProvider } from './providers.ts';

/** Keeps a provider's key in the editor's vault and tries it; chooses the provider when none is chosen yet. */
export const setApiKey: Command<'codegenLab.setApiKey'> = {
  id: 'codegenLab.setApiKey',
  needsTrust: false,
  async run(host) {
    const offers = (await offerProviders(host)).filter((offer) => offer.needsKey || offer.asksBaseUrl);
    const offer = await pickProvider(offers, 'A key for which provider?');
    const key = offer && (await askForKey(offer));
    if (!offer || !key) return;
    await host.keys.store(offer.id, key.trim());
    if (!chosenProvider()) await chooseProvider(host, offer);
    await addProvider(offer.id);
    await tryKey(host, offer);
  },
};

function askForKey(offer: OfferedProvider): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `API key for ${offer.label}`,
    prompt: 'Kept in the secret storage of the editor, never in settings or files',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() ? undefined : 'A key, please.'),
  });
}

async function chooseProvider(host: Host, offer: OfferedProvider): Promise<void> {
  const baseUrl = offer.asksBaseUrl ? await askForBaseUrl('') : '';
  if (baseUrl === undefined) return;
  const model = await pickModel(host, offer, baseUrl);
  if (model) await writeModel({ provider: offer.id, model, baseUrl });
}

/** A provider that cannot be reached now says nothing about its key. */
async function tryKey({ server, keys }: Host, { id, label }: OfferedProvider): Promise<void> {
  const offered = await server.request(listModels, { provider: id });
  const isRefused = offered.kind === 'failed' && offered.code === 'model.unauthorized';
  if (!isRefused) {
    const tried = offered.kind === 'listed' && offered.models.length > 0 ? ', which accepts it' : '';
    void vscode.window.showInformationMessage(
      // A message without buttons shows its beginning alone.
      `Codegen Lab: key kept for ${label}${tried}, in the editor's secret storage. It holds from the next call on.`,
    );
    return;
  }
  const again = 'Enter Again';
  const forget = 'Forget It';
  const message = `Codegen Lab: ${label} refuses this key. It is kept all the same.`;
  const choice = await vscode.window.showWarningMessage(message, again, forget);
  if (choice === again) await vscode.commands.executeCommand('codegenLab.setApiKey');
  if (choice === forget) await keys.remove(id);
}
