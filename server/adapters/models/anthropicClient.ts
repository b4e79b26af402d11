import Anthropic, { APIError } from '@anthropic-ai/sdk';
import type { ModelDone, ModelFault, ModelProvider, ModelRequest } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { readKey, type Endpoint } from './endpoint.ts';
import { guardFetch } from './guardedFetch.ts';
import { streamAnswer, type WireAnswer, type WirePart } from './streamAnswer.ts';
import { toEndpointFault, toTransportFault } from './toModelFault.ts';

type Chunk = Anthropic.RawMessageStreamEvent;

/** Asks Anthropic's Messages API. */
export function createAnthropicClient(endpoint: Endpoint): ModelProvider {
  return {
    id: endpoint.preset.id,
    ask: (request, signal) => {
      const limits = { timeoutMs: request.timeoutMs, idleMs: endpoint.idleMs };
      return streamAnswer(new MessageStream(endpoint, request), limits, signal);
    },
  };
}

class MessageStream implements WireAnswer<Chunk> {
  readonly #endpoint: Endpoint;
  readonly #request: ModelRequest;
  #key: string | undefined;
  #text = '';
  #model = '';
  #usage: TokenUsage | undefined;
  #stop: ModelDone['stop'] | undefined;
  #hasEnded = false;

  constructor(endpoint: Endpoint, request: ModelRequest) {
    this.#endpoint = endpoint;
    this.#request = request;
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault> {
    const key = await readKey(this.#endpoint, signal);
    if (key.kind === 'fault') return key.fault;
    this.#key = key.value;
    const { model, system, messages, maxOutputTokens } = this.#request;
    return this.#createClient().messages.create(
      {
        model,
        max_tokens: maxOutputTokens,
        ...(system && { system }),
        messages: messages.map(({ role, text }) => ({ role, content: text })),
        stream: true,
      },
      { signal },
    );
  }

  read(chunk: Chunk): WirePart | undefined {
    switch (chunk.type) {
      case 'message_start':
        this.#model = chunk.message.model;
        this.#count(chunk.message.usage);
        return undefined;
      case 'content_block_delta':
        return this.#readDelta(chunk.delta);
      case 'message_delta':
        this.#count(chunk.usage);
        if (chunk.delta.stop_reason) this.#stop = stopOf(chunk.delta.stop_reason);
        return undefined;
      case 'message_stop':
        this.#hasEnded = true;
        return undefined;
      default:
        // Starts and ends of blocks, and events that are newer than this client.
        return undefined;
    }
  }

  finish(): ModelDone | undefined {
    if (!this.#hasEnded || !this.#stop || !this.#usage) return undefined;
    return { type: 'done', stop: this.#stop, text: this.#text, usage: this.#usage, model: this.#model };
  }

  hasEnded(): boolean {
    return this.#hasEnded;
  }

  usage(): TokenUsage | undefined {
    return this.#usage;
  }

  toFault(error: unknown): ModelFault {
    const context = { endpoint: this.#endpoint, model: this.#request.model, key: this.#key };
    const reported: APIError | undefined = error instanceof APIError ? error : undefined;
    if (!reported || (reported.status === undefined && reported.type === null))
      return toTransportFault(error, context);
    return toEndpointFault(
      {
        status: reported.status,
        type: reported.type ?? '',
        code: reported.errorCode ?? '',
        message: reported.apiMessage ?? '',
        headers: reported.headers,
      },
      context,
    );
  }

  /** New for each call, since the key may have changed. The SDK's retries are off: the router alone counts tries. */
  #createClient(): Anthropic {
    const endpoint = this.#endpoint;
    return new Anthropic({
      apiKey: this.#key ?? 'none',
      baseURL: endpoint.baseUrl,
      maxRetries: 0,
      timeout: this.#request.timeoutMs,
      logLevel: 'off',
      openTelemetry: false,
      fetch: guardFetch({ fetch: endpoint.fetch ?? globalThis.fetch, key: this.#key }),
    });
  }

  #readDelta(delta: Anthropic.RawContentBlockDelta): WirePart | undefined {
    if (delta.type === 'text_delta') {
      this.#text += delta.text;
      return { type: 'text', text: delta.text };
    }
    return delta.type === 'thinking_delta' ? { type: 'thinking', text: delta.thinking } : undefined;
  }

  /** Later counts are totals and replace earlier ones; those that do not apply are left out. */
  #count(usage: Partial<Anthropic.MessageDeltaUsage>): void {
    const before = this.#usage;
    this.#usage = {
      input: usage.input_tokens ?? before?.input ?? 0,
      output: usage.output_tokens ?? before?.output ?? 0,
      cacheRead: usage.cache_read_input_tokens ?? before?.cacheRead ?? 0,
      cacheWrite: usage.cache_creation_input_tokens ?? before?.cacheWrite ?? 0,
      estimated: false,
    };
  }
}

function stopOf(reason: Anthropic.StopReason): ModelDone['stop'] {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'complete';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refusal';
    default:
      return 'other';
  }
}
