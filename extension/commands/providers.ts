import * as vscode from 'vscode';
import { listModels, listProviders, type OfferedProvider } from '../../server/protocol/modelRequests.ts';
import { modelItem } from '../models/modelItem.ts';
import type { Host } from './command.ts';

/** Whom one may choose, as the server knows them. */
export function offerProviders({ server }: Host): Promise<readonly OfferedProvider[]> {
  return server.request(listProviders, {});
}

/** undefined when the person gave up. */
export async function pickProvider<Offer extends Pick<OfferedProvider, 'label' | 'description' | 'keyFrom'>>(
  offers: readonly Offer[],
  placeHolder: string,
): Promise<Offer | undefined> {
  const items = offers.map((offer) => ({
    label: offer.label,
    description: offer.description,
    ...(offer.keyFrom !== undefined && { detail: `$(key) key from ${offer.keyFrom}` }),
    offer,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.offer;
}

/**
 * Asks which model, among those that the provider lists now; where it lists none, by name. A server that is not running
 * says how to start it. undefined when the person gave up.
 */
export async function pickModel(
  { server }: Host,
  offer: OfferedProvider,
  baseUrl = '',
): Promise<string | undefined> {
  const location = vscode.ProgressLocation.Window;
  const title = `Codegen Lab: which models does ${offer.label} have?`;
  const params = { provider: offer.id, ...(baseUrl !== '' && { baseUrl }) };
  const offered = await vscode.window.withProgress({ location, title }, () =>
    server.request(listModels, params),
  );
  if (offered.kind === 'failed') return askForModel(offer, offered.message);
  if (offered.kind === 'unlisted' || offered.models.length === 0) return askForModel(offer);
  const byName = { label: '$(edit) Another model…', alwaysShow: true, id: undefined };
  const items = [...offered.models.map(modelItem), byName];
  const placeHolder = `Which model of ${offer.label}?`;
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked === byName ? askForModel(offer) : picked?.id;
}

/** `problem`: why there is no list to pick from. */
async function askForModel(offer: OfferedProvider, problem = ''): Promise<string | undefined> {
  const hint = 'The name of the model, as the provider writes it';
  const name = await vscode.window.showInputBox({
    title: `Model of ${offer.label}`,
    prompt: problem === '' ? hint : `${problem} ${hint}`,
    value: offer.suggestedModel,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() ? undefined : 'A name, please.'),
  });
  return name?.trim();
}

/** undefined when the person gave up. */
export async function askForBaseUrl(value: string): Promise<string | undefined> {
  const url = await vscode.window.showInputBox({
    title: 'Base URL',
    prompt: 'Where the server answers, such as http://localhost:8000/v1',
    value,
    validateInput: (text) =>
      /^https?:\/\/\S+$/.test(text.trim()) ? undefined : 'A URL with http or https, please.',
  });
  return url?.trim();
}
