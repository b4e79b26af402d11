import Anthropic, { APIError } from '@anthropic-ai/sdk';
import type {
  ModelDone,
  ModelFault,
  ModelProvider,
  ModelRequest,
  ToolCall,
} from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { toMessagesBody } from './anthropicBody.ts';
import type { Endpoint } from './endpoint.ts';
import { guardFetch } from './guardedFetch.ts';
import { quoteName, readPart } from './endpointText.ts';
import { laterStop, streamAnswer, uncounted, type WireAnswer, type WirePart } from './streamAnswer.ts';
import { toEndpointFault, toTransportFault } from './toModelFault.ts';

type Chunk = Anthropic.RawMessageStreamEvent;

/** Asks Anthropic's Messages API. */
export function createAnthropicClient(endpoint: Endpoint): ModelProvider {
  return {
    id: endpoint.preset.id,
    ask: (request, signal) => {
      const options = {
        timeoutMs: request.timeoutMs,
        idleMs: endpoint.idleMs,
        settle: (fault: ModelFault) => endpoint.settle(fault, signal),
      };
      return streamAnswer(new MessageStream(endpoint, request), options, signal);
    },
    countTokens: (request, signal) => countTokens(endpoint, request, signal),
  };
}

class MessageStream implements WireAnswer<Chunk> {
  readonly #endpoint: Endpoint;
  readonly #request: ModelRequest;
  #key: string | undefined;
  readonly #toolCalls = new Map<number, { readonly id: string; readonly name: string; input: string }>();
  #text = '';
  #model = '';
  #usage: TokenUsage | undefined;
  #stop: ModelDone['stop'] | undefined;
  #hasBegun = false;
  #hasEnded = false;

  constructor(endpoint: Endpoint, request: ModelRequest) {
    this.#endpoint = endpoint;
    this.#request = request;
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault> {
    const key = await this.#endpoint.readKey(signal);
    if (key.kind === 'fault') return key.fault;
    this.#key = key.value;
    const { maxOutputTokens, timeoutMs } = this.#request;
    return createSdk(this.#endpoint, key.value, timeoutMs).messages.create(
      { ...toMessagesBody(this.#request), max_tokens: maxOutputTokens, stream: true },
      { signal },
    );
  }

  read(chunk: Chunk): WirePart | undefined {
    switch (chunk.type) {
      case 'message_start':
        if (this.#hasBegun) throw new SyntaxError('A second answer begins in the first one.');
        this.#hasBegun = true;
        this.#model = chunk.message.model;
        this.#count(chunk.message.usage);
        return undefined;
      case 'content_block_start':
        return this.#startBlock(chunk);
      case 'content_block_delta':
        return this.#readDelta(chunk);
      case 'message_delta':
        this.#count(chunk.usage);
        if (chunk.delta.stop_reason) this.#stop = laterStop(this.#stop, stopOf(chunk.delta.stop_reason));
        return undefined;
      case 'message_stop':
        this.#hasEnded = true;
        return undefined;
      default:
        // Ends of blocks, and events that are newer than this client.
        return undefined;
    }
  }

  finish(): ModelDone | undefined {
    if (!this.#hasBegun || !this.#hasEnded || !this.#stop) return undefined;
    const toolCalls = [...this.#toolCalls.values()].map((call): ToolCall => ({
      ...call,
      input: call.input || '{}',
    }));
    const waitsForTools = this.#stop === 'tools' && this.#request.tools?.length && toolCalls.length > 0;
    return {
      type: 'done',
      stop: this.#stop === 'tools' && !waitsForTools ? 'other' : this.#stop,
      text: this.#text,
      ...(toolCalls.length > 0 && { toolCalls }),
      usage: this.#usage ?? uncounted,
      model: quoteName(this.#model, this.#key),
    };
  }

  hasEnded(): boolean {
    return this.#hasEnded;
  }

  usage(): TokenUsage | undefined {
    return this.#usage;
  }

  key(): string | undefined {
    return this.#key;
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

  #startBlock({ index, content_block: block }: Anthropic.RawContentBlockStartEvent): WirePart | undefined {
    if (block.type === 'tool_use') this.#toolCalls.set(index, { id: block.id, name: block.name, input: '' });
    return block.type === 'text' ? this.#addText(block.text) : undefined;
  }

  #addText(part: string): WirePart {
    const text = readPart(part);
    this.#text += text;
    return { type: 'text', text };
  }

  #readDelta({ index, delta }: Anthropic.RawContentBlockDeltaEvent): WirePart | undefined {
    switch (delta.type) {
      case 'text_delta':
        return this.#addText(delta.text);
      case 'thinking_delta':
        return { type: 'thinking', text: readPart(delta.thinking) };
      case 'input_json_delta': {
        const call = this.#toolCalls.get(index);
        if (call) call.input += delta.partial_json;
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** Later counts are totals and replace earlier ones; those that do not apply are left out. */
  #count(usage: Partial<Anthropic.MessageDeltaUsage> | undefined): void {
    if (!usage) return;
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

/** New for each call, since the key may have changed. The SDK's retries are off: the router alone counts tries. */
function createSdk(
  endpoint: Endpoint,
  key: string | undefined,
  timeoutMs: number,
  takes: 'stream' | 'json' = 'stream',
): Anthropic {
  const { keyHeader } = endpoint.preset;
  return new Anthropic({
    apiKey: key ?? 'none',
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    openTelemetry: false,
    fetch: guardFetch({ fetch: endpoint.fetch ?? globalThis.fetch, key, keyHeader, takes }),
  });
}

async function countTokens(
  endpoint: Endpoint,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const key = await endpoint.readKey(signal);
    if (key.kind === 'fault') return undefined;
    const sdk = createSdk(endpoint, key.value, request.timeoutMs, 'json');
    const counted = await sdk.messages.countTokens(toMessagesBody(request), { signal });
    return Number.isSafeInteger(counted.input_tokens) ? counted.input_tokens : undefined;
  } catch {
    // Without a count there is the estimate.
    return undefined;
  }
}

function stopOf(reason: Anthropic.StopReason): ModelDone['stop'] {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'complete';
    case 'tool_use':
      return 'tools';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refusal';
    default:
      return 'other';
  }
}
