import type {
  ModelEvent,
  ModelFault,
  ModelListing,
  ModelProvider,
  Models,
} from '../../engine/ports/models.ts';
import type { Secrets } from '../../engine/ports/secrets.ts';
import { createContextMemory } from './contextMemory.ts';
import { beginLate } from './beginLate.ts';
import { readKey, type Endpoint, type KeyResult } from './endpoint.ts';
import { listModels } from './listModels.ts';
import { presets, type Preset } from './presets.ts';

export interface ModelsOptions {
  readonly secrets: Secrets;
  /** By provider; user or machine scope only. Empty or missing: the preset's. */
  readonly baseUrls?: Readonly<Record<string, string>>;
  /** Goes through the user's proxy, where there is one. */
  readonly fetch?: typeof globalThis.fetch;
  /** Longest silence in the middle of an answer, in milliseconds. Default: 90 seconds. */
  readonly idleMs?: number;
  /** Found by their ids before the presets are, such as `replay` and `editor`. */
  readonly others?: readonly ModelProvider[];
}

const defaultIdleMs = 90_000;

/** The providers of this installation. An SDK is loaded when its first call is made. */
export function createModels(options: ModelsOptions): Models {
  const providers = new Map<string, ModelProvider>();
  for (const preset of presets) providers.set(preset.id, createProvider(preset, options));
  for (const provider of options.others ?? []) providers.set(provider.id, provider);
  return { provider: (id) => providers.get(id) };
}

function createProvider(preset: Preset, options: ModelsOptions): ModelProvider {
  const { secrets } = options;
  const endpoint: Omit<Endpoint, 'readKey' | 'settle'> = {
    preset,
    baseUrl: options.baseUrls?.[preset.id] || preset.baseUrl,
    idleMs: options.idleMs ?? defaultIdleMs,
    ...(options.fetch && { fetch: options.fetch }),
  };
  const load = lazily(() => loadClient(preset));
  // A refused key is told by the call itself.
  const contextTokens = createContextMemory(async (signal) => {
    const reading = (given: AbortSignal): Promise<KeyResult> => readKey(preset, secrets, given);
    return endpoint.baseUrl === ''
      ? noAddress(preset)
      : listModels({ ...endpoint, readKey: reading, settle: keepFault }, signal);
  }, Date.now);
  return {
    id: preset.id,
    address: endpoint.baseUrl,
    ask: (request, signal) => {
      const used = rememberKey(preset, secrets);
      const begin = async (): Promise<AsyncIterable<ModelEvent> | ModelFault> => {
        // An SDK would take an empty address for its own provider's, and send the key there.
        if (endpoint.baseUrl === '') return noAddress(preset);
        const createClient = await load();
        if (!createClient) return notLoaded(preset);
        return createClient({ ...endpoint, ...used }).ask(request, signal);
      };
      return beginLate(begin);
    },
    async list(signal): Promise<ModelListing> {
      if (endpoint.baseUrl === '') return noAddress(preset);
      const used = rememberKey(preset, secrets);
      const listing = await listModels({ ...endpoint, ...used }, signal);
      return listing.type === 'failed' ? used.settle(listing, signal) : listing;
    },
    contextTokens,
    ...(preset.protocol !== 'chat' && {
      async countTokens(request, signal): Promise<number | undefined> {
        const createClient = endpoint.baseUrl === '' ? undefined : await load();
        const client = createClient?.({
          ...endpoint,
          readKey: (reading) => readKey(preset, secrets, reading),
          settle: keepFault,
        });
        return client?.countTokens?.(request, signal);
      },
    }),
  };
}

const keepFault: Endpoint['settle'] = (fault) => Promise.resolve(fault);

/** The key that one call was made with, and what a refusal of it means. */
function rememberKey(preset: Preset, secrets: Secrets) {
  let value: string | undefined;
  return {
    readKey: async (signal: AbortSignal): Promise<KeyResult> => {
      const key = await readKey(preset, secrets, signal);
      if (key.kind === 'key') value = key.value;
      return key;
    },
    /** A refused key may have been replaced in the meantime: then the same call can succeed with the new one. */
    settle: async (fault: ModelFault, signal: AbortSignal): Promise<ModelFault> => {
      if (fault.code !== 'model.unauthorized' && fault.code !== 'model.no-key') return fault;
      const isReplaced = (await secrets.refused?.(preset.id, value, signal)) ?? false;
      return isReplaced ? { ...fault, retryable: true } : fault;
    },
  };
}

type CreateClient = (endpoint: Endpoint) => ModelProvider;

/** Loads once; a failure is tried again with the next call. */
function lazily(load: () => Promise<CreateClient>): () => Promise<CreateClient | undefined> {
  let loading: Promise<CreateClient> | undefined;
  return async () => {
    loading ??= load();
    try {
      return await loading;
    } catch {
      loading = undefined;
      return undefined;
    }
  };
}

/** The two literals become bundles of their own. */
async function loadClient({ protocol }: Preset): Promise<CreateClient> {
  if (protocol === 'anthropic') return (await import('./anthropicClient.ts')).createAnthropicClient;
  return (await import('./openaiClient.ts')).createOpenaiClient;
}

function notLoaded({ label }: Preset): ModelFault {
  const message = `The client for ${label} could not be loaded. Install the extension again.`;
  return { type: 'failed', code: 'model.unknown-provider', message, retryable: false };
}

function noAddress({ label }: Preset): ModelFault {
  const message = `${label} has no address of its own. Set yours in \`codegenLab.ai.baseUrls\`.`;
  return { type: 'failed', code: 'model.bad-request', message, retryable: false };
}
