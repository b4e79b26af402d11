import type { ListedModel, ModelFault, ModelListing } from '../../engine/ports/models.ts';
import type { Endpoint } from './endpoint.ts';
import { guardFetch } from './guardedFetch.ts';
import { toEndpointFault, toTransportFault } from './toModelFault.ts';

const maxModels = 2_000;
const timeoutMs = 15_000;

/** What an endpoint can be asked for, as it tells itself; no SDK is loaded for it. Never rejects. */
export async function listModels(endpoint: Endpoint, signal: AbortSignal): Promise<ModelListing> {
  const key = await endpoint.readKey(signal);
  if (key.kind === 'fault') return key.fault;
  const get = (url: string): Promise<unknown> => readJson(endpoint, { url, key: key.value }, signal);
  const { preset, baseUrl } = endpoint;
  try {
    if (preset.keyCheckPath !== undefined) await get(join(baseUrl, preset.keyCheckPath));
    const models = await lists[preset.protocol === 'anthropic' ? 'anthropic' : preset.listing](baseUrl, get);
    return { type: 'listed', models: models.slice(0, maxModels) };
  } catch (error) {
    if (signal.aborted) return cancelled;
    // A server of a kind that has no list.
    if (error instanceof RefusedError && error.reported.status === 404) return { type: 'listed', models: [] };
    const context = { endpoint, model: '', key: key.value };
    return error instanceof RefusedError
      ? toEndpointFault(error.reported, context)
      : toTransportFault(error, context);
  }
}

type Get = (url: string) => Promise<unknown>;
type List = (baseUrl: string, get: Get) => Promise<readonly ListedModel[]>;

const lists: Readonly<Record<'anthropic' | 'models' | 'ollama' | 'lmstudio', List>> = {
  anthropic: async (baseUrl, get) => readModels(await get(join(baseUrl, '/v1/models?limit=1000'))),
  models: async (baseUrl, get) => readModels(await get(join(baseUrl, '/models'))),
  /** Its own list has what is installed; what is loaded has the context that its server really gives it. */
  ollama: async (baseUrl, get) => {
    const [installed, loaded] = await Promise.all([
      get(join(rootOf(baseUrl), '/api/tags')),
      get(join(rootOf(baseUrl), '/api/ps')).catch(() => undefined),
    ]);
    const contexts = new Map(readModels(loaded).map(({ id, contextTokens }) => [id, contextTokens]));
    return readModels(installed).map((model) => {
      const contextTokens = contexts.get(model.id);
      return { ...model, ...(contextTokens !== undefined && { contextTokens }) };
    });
  },
  /** Its own list tells contexts, and was added after the compatible one. */
  lmstudio: async (baseUrl, get) => {
    const own = await get(join(rootOf(baseUrl), '/api/v0/models')).catch(() => undefined);
    return readModels(own ?? (await get(join(baseUrl, '/models'))));
  },
};

/** Their own lists stand beside the compatible part of the address. */
function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/v1\/*$/, '');
}

function join(baseUrl: string, path: string): string {
  return baseUrl.replace(/\/+$/, '') + path;
}

/** Lists of all makes: under `data` or `models`, with names and contexts as each calls them. What has no name is left out. */
function readModels(answer: unknown): readonly ListedModel[] {
  const list = Array.isArray(answer) ? answer : (fieldOf(answer, 'data') ?? fieldOf(answer, 'models'));
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown): readonly ListedModel[] => {
    const id = textOf(item, ['id', 'model', 'name']).replace(/^models\//, '');
    if (id === '' || fieldOf(item, 'type') === 'embeddings') return [];
    const label = textOf(item, ['display_name', 'name']);
    const contextTokens = contextNames
      .map((name) => fieldOf(item, name))
      .find((value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0);
    return [
      {
        id,
        ...(label !== '' && label !== id && { label }),
        ...(typeof contextTokens === 'number' && { contextTokens }),
      },
    ];
  });
}

/** What is loaded comes before what could be. */
const contextNames = [
  'loaded_context_length',
  'max_input_tokens',
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  'inputTokenLimit',
] as const;

/** The first of the names that holds a text; empty when none does. */
function textOf(item: unknown, names: readonly string[]): string {
  for (const name of names) {
    const value = fieldOf(item, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

interface Asked {
  readonly url: string;
  readonly key: string | undefined;
}

async function readJson(endpoint: Endpoint, { url, key }: Asked, signal: AbortSignal): Promise<unknown> {
  const { keyHeader, protocol } = endpoint.preset;
  const get = guardFetch({ fetch: endpoint.fetch ?? globalThis.fetch, key, keyHeader, takes: 'json' });
  const response = await get(url, {
    headers: {
      accept: 'application/json',
      ...(protocol === 'anthropic' && { 'anthropic-version': '2026-10-21' }),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  const text = await response.text();
  if (!response.ok) throw new RefusedError(response, text);
  return JSON.parse(text) as unknown;
}

class RefusedError extends Error {
  readonly reported: Parameters<typeof toEndpointFault>[0];
  constructor({ status, headers }: Response, text: string) {
    super('The endpoint refused to list its models.');
    const error = fieldOf(parseOrNothing(text), 'error');
    this.reported = {
      status,
      type: textOf(error, ['type']),
      code: textOf(error, ['code']),
      message: textOf(error, ['message']),
      headers,
    };
  }
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page instead of an error: its status says enough.
    return undefined;
  }
}

const cancelled: ModelFault = {
  type: 'failed',
  code: 'model.cancelled',
  message: 'The call was cancelled.',
  retryable: false,
};
