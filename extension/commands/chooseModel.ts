import * as vscode from 'vscode';
import type { OfferedProvider } from '../../server/protocol/modelRequests.ts';
import { offerCommands } from '../views/offerCommands.ts';
import type { Command, Host } from './command.ts';
import { writeModel } from './modelSettings.ts';
import { askForBaseUrl, offerProviders, pickModel, pickProvider } from './providers.ts';

const recordedDemo: OfferedProvider = {
  id: 'replay',
  label: 'Recorded Demo',
  description: 'recorded answers, no key, no network',
  suggestedModel: '',
  needsKey: false,
  asksBaseUrl: false,
};

/** Chooses provider and model in a few steps. */
export const chooseModel: Command<'codegenLab.chooseModel'> = {
  id: 'codegenLab.chooseModel',
  needsTrust: false,
  async run(host) {
    const offer = await pickProvider([...(await offerProviders(host)), recordedDemo], 'Who is to answer?');
    if (offer === recordedDemo) await vscode.commands.executeCommand('codegenLab.tryRecordedDemo');
    else if (offer) await chooseFrom(host, offer);
  },
};

async function chooseFrom(host: Host, offer: OfferedProvider): Promise<void> {
  const known = vscode.workspace.getConfiguration('codegenLab').get<string>('ai.baseUrl', '');
  const baseUrl = offer.asksBaseUrl ? await askForBaseUrl(known) : '';
  const model = baseUrl === undefined ? undefined : await pickModel(host, offer, baseUrl);
  if (baseUrl === undefined || !model) return;
  await writeModel({ provider: offer.id, model, baseUrl });
  if (offer.needsKey && offer.keyFrom === undefined) offerKey(offer);
}

function offerKey({ label }: OfferedProvider): void {
  offerCommands({
    message: `there is no key for ${label} yet.`,
    severity: 'information',
    buttons: [['Set API Key', 'codegenLab.setApiKey']],
  });
}
