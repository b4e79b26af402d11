import type OpenAI from 'openai';
import type { ModelDone, ModelFault, ToolCall } from '../../engine/ports/models.ts';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { toChatBody } from './chatBody.ts';
import { toOpenaiFault, type Asked } from './openaiAnswer.ts';
import { quoteName, readPart } from './endpointText.ts';
import { laterStop, uncounted, type WireAnswer, type WirePart } from './streamAnswer.ts';

type Chunk = OpenAI.ChatCompletionChunk;
type Delta = OpenAI.ChatCompletionChunk.Choice.Delta;

interface OldDelta {
  readonly function_call?: { readonly name?: string; readonly arguments?: string };
}

/** An answer of Chat Completions, as OpenAI and many compatible servers of all ages stream it. */
export class ChatStream implements WireAnswer<Chunk> {
  readonly #asked: Asked;
  readonly #calls = new Map<number, { id: string; name: string; input: string }>();
  #key: string | undefined;
  #text = '';
  #model = '';
  #usage: TokenUsage | undefined;
  readonly #reasons = new Set<string>();
  #hasRefused = false;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  async open(signal: AbortSignal): Promise<AsyncIterable<Chunk> | ModelFault> {
    const { endpoint, request, connect } = this.#asked;
    const key = await endpoint.readKey(signal);
    if (key.kind === 'fault') return key.fault;
    this.#key = key.value;
    const body = toChatBody(request, endpoint.preset);
    return connect(key.value, request.timeoutMs).chat.completions.create(body, { signal });
  }

  read(chunk: Chunk): WirePart | undefined {
    if (chunk.model) this.#model = chunk.model;
    if (chunk.usage) this.#usage = usageOf(chunk.usage);
    // Some servers leave the list out where it would be empty.
    const choices: Chunk['choices'] | undefined = chunk.choices;
    const choice = choices?.[0];
    // One answer is asked for; more of them are nobody's.
    if (!choice || choice.index > 0) return undefined;
    if (choice.finish_reason) this.#reasons.add(choice.finish_reason);
    // And some end with a choice that has a reason alone.
    const delta: Delta | undefined = choice.delta;
    return delta && this.#readDelta(delta);
  }

  finish(): ModelDone | undefined {
    const waitsForTools = this.#asked.request.tools !== undefined && this.#calls.size > 0;
    let stop: ModelDone['stop'] | undefined;
    for (const reason of this.#reasons) stop = laterStop(stop, stopOf(reason, waitsForTools));
    if (stop === undefined) return undefined;
    const toolCalls = [...this.#calls.values()].map(({ id, name, input }, index): ToolCall => ({
      id: id || `call_${index}`,
      name,
      input: input || '{}',
    }));
    return {
      type: 'done',
      stop: this.#hasRefused ? 'refusal' : stop,
      text: this.#text,
      ...(toolCalls.length > 0 && { toolCalls }),
      usage: this.#usage ?? uncounted,
      model: quoteName(this.#model, this.#key),
    };
  }

  hasEnded(): boolean {
    // The counts come after the reason for the stop; the SDK ends the stream at its last event.
    return false;
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

  #readDelta(delta: Delta): WirePart | undefined {
    if (delta.refusal) this.#hasRefused = true;
    this.#readCalls(delta);
    const text = delta.content ? contentOf(delta.content) : '';
    if (text !== '') {
      this.#text += text;
      return { type: 'text', text };
    }
    const thinking = thinkingOf(delta);
    return thinking === undefined ? undefined : { type: 'thinking', text: thinking };
  }

  /** Servers that send a call whole may leave its index out. */
  #readCalls(delta: Delta): void {
    for (const part of delta.tool_calls ?? []) {
      const index: number | undefined = part.index;
      this.#addCall(index ?? this.#calls.size, part.id ?? '', part.function);
    }
    // What it was called before there could be several; servers of that age still speak so.
    const old: OldDelta = delta;
    if (old.function_call) this.#addCall(0, '', old.function_call);
  }

  #addCall(index: number, id: string, part: { name?: string; arguments?: string } | undefined): void {
    const call = this.#calls.get(index) ?? { id: '', name: '', input: '' };
    this.#calls.set(index, call);
    call.id ||= id;
    call.name ||= part?.name ?? '';
    call.input += part?.arguments ?? '';
  }
}

/** Mistral sends lists of texts and thoughts where a model thinks. */
function contentOf(content: unknown): string {
  if (!Array.isArray(content)) return readPart(content);
  const parts: readonly unknown[] = content;
  return parts.map((part) => (isThought(part) ? '' : readPart(textIn(part)))).join('');
}

function isThought(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'thinking';
}

function textIn(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'text' in part ? part.text : part;
}

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

/** Compatible endpoints have names of their own, also for the plain end; some say that of an answer that calls tools. */
function stopOf(reason: string, waitsForTools: boolean): ModelDone['stop'] {
  switch (reason.toLowerCase()) {
    case 'stop':
    case 'eos':
    case 'end_turn':
      return waitsForTools ? 'tools' : 'complete';
    case 'tool_calls':
    case 'function_call':
      return waitsForTools ? 'tools' : 'other';
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
