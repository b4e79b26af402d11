import * as vscode from 'vscode';
import { offerCommands } from '../views/offerCommands.ts';
import type { Command, Host } from './command.ts';
import { writeModel } from './modelSettings.ts';
import {
  askForBaseUrl,
  askForModel,
  ollama,
  pickProvider,
  providers,
  type ProviderOffer,
} from './providers.ts';

const recordedDemo: ProviderOffer = {
  id: 'replay',
  label: 'Recorded Demo',
  description: 'recorded answers, no key, no network',
  model: '',
};

/** Chooses provider and model in a few steps. */
export const chooseModel: Command<'codegenLab.chooseModel'> = {
  id: 'codegenLab.chooseModel',
  needsTrust: false,
  async run(host) {
    const offer = await pickProvider([...providers, ollama, recordedDemo], 'Who is to answer?');
    if (offer === recordedDemo) await vscode.commands.executeCommand('codegenLab.tryRecordedDemo');
    else if (offer === ollama) await vscode.commands.executeCommand('codegenLab.useOllama');
    else if (offer) await chooseFrom(host, offer);
  },
};

async function chooseFrom(host: Host, offer: ProviderOffer): Promise<void> {
  const known = vscode.workspace.getConfiguration('codegenLab').get<string>('ai.baseUrl', '');
  const baseUrl = offer.asksBaseUrl ? await askForBaseUrl(known) : '';
  const model = baseUrl === undefined ? undefined : await askForModel(offer);
  if (baseUrl === undefined || !model) return;
  await writeModel({ provider: offer.id, model: model.trim(), baseUrl: baseUrl.trim() });
  if (!offer.asksBaseUrl && !(await host.keys.read(offer.id)).value) offerKey(offer);
}

/** The environment may hold the key; only the server knows, so this is an offer. */
function offerKey({ label }: ProviderOffer): void {
  offerCommands({
    message: `no key for ${label} is in the secret storage. One in the environment is used as well.`,
    severity: 'information',
    buttons: [['Set API Key', 'codegenLab.setApiKey']],
  });
}
