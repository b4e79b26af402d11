import type OpenAI from 'openai';
import { APIError } from 'openai';
import type { ModelDone, ModelFault, ToolCall } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { toOpenaiFault, type Asked } from './openaiAnswer.ts';
import { toResponsesBody } from './responsesBody.ts';
import { quoteName, readPart } from './endpointText.ts';
import { uncounted, type WireAnswer, type WirePart } from './streamAnswer.ts';

type Chunk = OpenAI.Responses.ResponseStreamEvent;
type Response = OpenAI.Responses.Response;

/** An answer of OpenAI's Responses API. */
export class ResponseStream implements WireAnswer<Chunk> {
  readonly #asked: Asked;
  readonly #toolCalls: ToolCall[] = [];
  #key: string | undefined;
  #text = '';
  /** Characters that the endpoint says it has sent. */
  #toldChars = 0;
  #model = '';
  #usage: TokenUsage | undefined;
  #stop: ModelDone['stop'] | undefined;
  #hasRefused = false;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault> {
    const { endpoint, request, connect } = this.#asked;
    const key = await endpoint.readKey(signal);
    if (key.kind === 'fault') return key.fault;
    this.#key = key.value;
    return connect(key.value, request.timeoutMs).responses.create(toResponsesBody(request), { signal });
  }

  read(chunk: Chunk): WirePart | undefined {
    switch (chunk.type) {
      case 'response.output_text.delta':
        return this.#addText(chunk.delta);
      case 'response.output_text.done':
        this.#toldChars += readPart(chunk.text).length;
        return undefined;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return { type: 'thinking', text: readPart(chunk.delta) };
      case 'response.refusal.delta':
        this.#hasRefused = true;
        return undefined;
      case 'response.output_item.done':
        this.#readItem(chunk.item);
        return undefined;
      case 'response.created':
      case 'response.in_progress':
        this.#readResponse(chunk.response);
        return undefined;
      case 'response.completed':
        this.#readResponse(chunk.response);
        if (this.#toldChars > this.#text.length) throw new SyntaxError('A part of the answer never came.');
        this.#stop = this.#completedStop(chunk.response);
        return undefined;
      case 'response.incomplete':
        this.#readResponse(chunk.response);
        this.#stop = incompleteStopOf(chunk.response);
        return undefined;
      case 'response.failed':
        this.#readResponse(chunk.response);
        throw reportedError(chunk.response.error ?? {});
      case 'error':
        throw reportedError(chunk);
      default:
        // Starts and ends of parts, and events that are newer than this client.
        return undefined;
    }
  }

  finish(): ModelDone | undefined {
    if (!this.#stop) return undefined;
    return {
      type: 'done',
      stop: this.#hasRefused ? 'refusal' : this.#stop,
      text: this.#text,
      ...(this.#toolCalls.length > 0 && { toolCalls: this.#toolCalls }),
      usage: this.#usage ?? uncounted,
      model: quoteName(this.#model, this.#key),
    };
  }

  hasEnded(): boolean {
    // The event with the reason is the last one, and holds the counts.
    return this.#stop !== undefined;
  }

  usage(): TokenUsage | undefined {
    return this.#usage;
  }

  key(): string | undefined {
    return this.#key;
  }

  toFault(error: unknown): ModelFault {
    const { endpoint, request } = this.#asked;
    return toOpenaiFault(error, { endpoint, model: request.model, key: this.#key });
  }

  #addText(part: string): WirePart {
    const text = readPart(part);
    this.#text += text;
    return { type: 'text', text };
  }

  #completedStop(response: Response): ModelDone['stop'] {
    const { status = 'completed' } = response;
    if (status !== 'completed') return incompleteStopOf(response);
    if (this.#toolCalls.length === 0) return 'complete';
    return this.#asked.request.tools?.length ? 'tools' : 'other';
  }

  #readItem(item: OpenAI.Responses.ResponseOutputItem): void {
    if (item.type !== 'function_call') return;
    this.#toolCalls.push({ id: item.call_id, name: item.name, input: item.arguments || '{}' });
  }

  #readResponse({ model, usage }: Response): void {
    if (model) this.#model = model;
    if (usage) this.#usage = usageOf(usage);
  }
}

/** The endpoint's input tokens include what the cache gave and took. */
function usageOf(usage: OpenAI.Responses.ResponseUsage): TokenUsage {
  const details: Partial<OpenAI.Responses.ResponseUsage.InputTokensDetails> | undefined =
    usage.input_tokens_details;
  const cacheRead = details?.cached_tokens ?? 0;
  const cacheWrite = details?.cache_write_tokens ?? 0;
  return {
    input: Math.max(0, usage.input_tokens - cacheRead - cacheWrite),
    output: usage.output_tokens,
    cacheRead,
    cacheWrite,
    estimated: false,
  };
}

function incompleteStopOf({ incomplete_details: details }: Response): ModelDone['stop'] {
  switch (details?.reason) {
    case 'max_output_tokens':
      return 'length';
    case 'content_filter':
      return 'refusal';
    default:
      return 'other';
  }
}

/** What the stream reports is read like what the SDK itself would have thrown. */
function reportedError(error: {
  readonly code?: string | null;
  readonly message?: string;
  readonly type?: string | null;
}): APIError {
  const { code = '', message = '', type } = error;
  const body = { code: code ?? '', message, type: type === 'error' ? '' : (type ?? '') };
  return new APIError(undefined, body, message, undefined);
}
