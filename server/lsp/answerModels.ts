import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { RunningEngine } from '../engine/engine.ts';
import { createPrices } from '../engine/llm/prices.ts';
import type { ListedModel } from '../engine/ports/models.ts';
import {
  keyRefused,
  listModels,
  listProviders,
  type OfferedModel,
  type OfferedModels,
  type OfferedProvider,
} from '../protocol/modelRequests.ts';
import { toAbortSignal } from './toAbortSignal.ts';

/** Answers whom one may choose, and which models they have. No answer holds a key. */
export function answerModels(connection: Connection, running: RunningEngine): void {
  connection.onRequest(listProviders.method, (_: unknown, token: CancellationToken): Promise<unknown> =>
    offerProviders(running, toAbortSignal(token)),
  );
  connection.onRequest(listModels.method, (params: Asked, token: CancellationToken): Promise<unknown> =>
    offerModels(running, params, toAbortSignal(token)),
  );
}

interface Asked {
  readonly provider: string;
  readonly baseUrl?: string;
}

/** Tells the extension that a person is to be asked for a key. */
export function tellKeyRefused(
  connection: Pick<Connection, 'sendNotification'>,
  providers: () => RunningEngine['providers'],
): (refusal: { readonly provider: string; readonly hadKey: boolean }) => void {
  return ({ provider, hadKey }) => {
    const label = providers().find(({ id }) => id === provider)?.label ?? provider;
    void connection.sendNotification(keyRefused.method, { provider, label, hadKey });
  };
}

function offerProviders(
  { providers, keys }: RunningEngine,
  signal: AbortSignal,
): Promise<readonly OfferedProvider[]> {
  return Promise.all(
    providers.map(async ({ id, label, description, suggestedModel, needsKey, asksBaseUrl }) => {
      const keyFrom = await keys.sourceOf(id, signal);
      return {
        id,
        label,
        description,
        suggestedModel,
        needsKey,
        asksBaseUrl,
        ...(keyFrom !== undefined && { keyFrom }),
      };
    }),
  );
}

async function offerModels(
  { modelsAt }: RunningEngine,
  { provider, baseUrl }: Asked,
  signal: AbortSignal,
): Promise<OfferedModels> {
  const listing = await modelsAt(baseUrl === undefined ? {} : { [provider]: baseUrl })
    .provider(provider)
    ?.list?.(signal);
  if (!listing) return { kind: 'unlisted' };
  if (listing.type === 'failed') return { kind: 'failed', code: listing.code, message: listing.message };
  return { kind: 'listed', models: listing.models.map((model) => withPrice(provider, model)) };
}

function withPrice(provider: string, model: ListedModel): OfferedModel {
  const price = createPrices().priceOf(provider, model.id);
  if (price === 'unknown') return model;
  return { ...model, price: { input: price.input, output: price.output } };
}
