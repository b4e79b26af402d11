import OpenAI, { APIError } from 'openai';
import type { ModelDone, ModelFault, ModelProvider, ModelRequest } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { readKey, type Endpoint } from './endpoint.ts';
import { guardFetch } from './guardedFetch.ts';
import { streamAnswer, type WireAnswer, type WirePart } from './streamAnswer.ts';
import { toEndpointFault, toTransportFault } from './toModelFault.ts';

type Chunk = OpenAI.ChatCompletionChunk;
type Delta = OpenAI.ChatCompletionChunk.Choice.Delta;

/** Asks an endpoint that speaks OpenAI's Chat Completions. */
export function createOpenaiClient(endpoint: Endpoint): ModelProvider {
  return {
    id: endpoint.preset.id,
    ask: (request, signal) => {
      const limits = { timeoutMs: request.timeoutMs, idleMs: endpoint.idleMs };
      return streamAnswer(new CompletionStream(endpoint, request), limits, signal);
    },
  };
}

class CompletionStream implements WireAnswer<Chunk> {
  readonly #endpoint: Endpoint;
  readonly #request: ModelRequest;
  #key: string | undefined;
  #text = '';
  #model = '';
  #usage: TokenUsage | undefined;
  #stop: ModelDone['stop'] | undefined;
  #hasRefused = false;

  constructor(endpoint: Endpoint, request: ModelRequest) {
    this.#endpoint = endpoint;
    this.#request = request;
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault> {
    const key = await readKey(this.#endpoint, signal);
    if (key.kind === 'fault') return key.fault;
    this.#key = key.value;
    const { model, system, messages, maxOutputTokens } = this.#request;
    const { limitField, takesUsageOption } = this.#endpoint.preset;
    return this.#createClient().chat.completions.create(
      {
        model,
        [limitField]: maxOutputTokens,
        messages: [
          ...(system ? [{ role: 'system' as const, content: system }] : []),
          ...messages.map(({ role, text }) => ({ role, content: text })),
        ],
        stream: true,
        ...(takesUsageOption && { stream_options: { include_usage: true } }),
      },
      { signal },
    );
  }

  read(chunk: Chunk): WirePart | undefined {
    if (chunk.model) this.#model = chunk.model;
    if (chunk.usage) this.#usage = usageOf(chunk.usage);
    const [choice] = chunk.choices;
    if (!choice) return undefined;
    if (choice.finish_reason) this.#stop = stopOf(choice.finish_reason);
    if (choice.delta.refusal) this.#hasRefused = true;
    return this.#readDelta(choice.delta);
  }

  finish(): ModelDone | undefined {
    if (!this.#stop) return undefined;
    return {
      type: 'done',
      stop: this.#hasRefused ? 'refusal' : this.#stop,
      text: this.#text,
      usage: this.#usage ?? uncounted,
      model: this.#model,
    };
  }

  hasEnded(): boolean {
    // The counts come after the reason for the stop; the SDK ends the stream at its last event.
    return false;
  }

  usage(): TokenUsage | undefined {
    return this.#usage;
  }

  toFault(error: unknown): ModelFault {
    const context = { endpoint: this.#endpoint, model: this.#request.model, key: this.#key };
    const reported: APIError | undefined = error instanceof APIError ? error : undefined;
    if (!reported || (reported.status === undefined && reported.error === undefined))
      return toTransportFault(error, context);
    return toEndpointFault(
      {
        status: reported.status,
        type: reported.type ?? '',
        code: reported.code ?? '',
        message: messageOf(reported.error),
        headers: reported.headers,
      },
      context,
    );
  }

  /**
   * New for each call, since the key may have changed. The SDK's retries are off: the router alone counts tries. What
   * the SDK would take from the environment is set here, or dropped by the guarded fetch.
   */
  #createClient(): OpenAI {
    const endpoint = this.#endpoint;
    return new OpenAI({
      apiKey: this.#key ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: endpoint.baseUrl,
      maxRetries: 0,
      timeout: this.#request.timeoutMs,
      logLevel: 'off',
      fetch: guardFetch({ fetch: endpoint.fetch ?? globalThis.fetch, key: this.#key }),
    });
  }

  #readDelta(delta: Delta): WirePart | undefined {
    if (delta.content) {
      this.#text += delta.content;
      return { type: 'text', text: delta.content };
    }
    const thinking = thinkingOf(delta);
    return thinking === undefined ? undefined : { type: 'thinking', text: thinking };
  }
}

const uncounted: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: true };

/** The endpoint's prompt tokens include what the cache gave and took. */
function usageOf(usage: OpenAI.CompletionUsage): TokenUsage {
  const cacheRead = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const cacheWrite = usage.prompt_tokens_details?.cache_write_tokens ?? 0;
  return {
    input: Math.max(0, usage.prompt_tokens - cacheRead - cacheWrite),
    output: usage.completion_tokens,
    cacheRead,
    cacheWrite,
    estimated: false,
  };
}

/** Compatible endpoints have names of their own, also for the plain end. */
function stopOf(reason: string): ModelDone['stop'] {
  switch (reason.toLowerCase()) {
    case 'stop':
    case 'eos':
    case 'end_turn':
      return 'complete';
    case 'length':
    case 'max_tokens':
      return 'length';
    case 'content_filter':
      return 'refusal';
    default:
      return 'other';
  }
}

/** DeepSeek and vLLM say `reasoning_content`, OpenRouter, Groq and Ollama `reasoning`; OpenAI sends neither. */
function thinkingOf(delta: object): string | undefined {
  const { reasoning_content: long, reasoning: short } = delta as Record<string, unknown>;
  if (typeof long === 'string') return long;
  return typeof short === 'string' ? short : undefined;
}

function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return typeof error.message === 'string' ? error.message : '';
}
