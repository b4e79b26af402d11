import type { ModelEvent, ModelFault, ModelProvider, Models } from '../../engine/ports/models.ts';
import type { Secrets } from '../../engine/ports/secrets.ts';
import type { Endpoint } from './endpoint.ts';
import { presets, type Preset } from './presets.ts';

export interface ModelsOptions {
  readonly secrets: Secrets;
  /** By provider; user or machine scope only. Empty or missing: the preset's. */
  readonly baseUrls?: Readonly<Record<string, string>>;
  /** Goes through the user's proxy, where there is one. */
  readonly fetch?: typeof globalThis.fetch;
  /** Longest silence in the middle of an answer, in milliseconds. Default: 90 seconds. */
  readonly idleMs?: number;
  /** Found by their ids before the presets are, such as `replay`. */
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
  const endpoint: Endpoint = {
    preset,
    baseUrl: options.baseUrls?.[preset.id] || preset.baseUrl,
    secrets: options.secrets,
    idleMs: options.idleMs ?? defaultIdleMs,
    ...(options.fetch && { fetch: options.fetch }),
  };
  let client: Promise<ModelProvider> | undefined;
  return {
    id: preset.id,
    async *ask(request, signal): AsyncGenerator<ModelEvent> {
      client ??= loadClient(endpoint);
      let loaded: ModelProvider;
      try {
        loaded = await client;
      } catch {
        client = undefined;
        yield notLoaded(preset);
        return;
      }
      yield* loaded.ask(request, signal);
    },
  };
}

/** The two literals become bundles of their own. */
async function loadClient(endpoint: Endpoint): Promise<ModelProvider> {
  if (endpoint.preset.protocol === 'anthropic') {
    const { createAnthropicClient } = await import('./anthropicClient.ts');
    return createAnthropicClient(endpoint);
  }
  const { createOpenaiClient } = await import('./openaiClient.ts');
  return createOpenaiClient(endpoint);
}

function notLoaded({ label }: Preset): ModelFault {
  const message = `The client for ${label} could not be loaded. Install the extension again.`;
  return { type: 'failed', code: 'model.unknown-provider', message, retryable: false };
}
