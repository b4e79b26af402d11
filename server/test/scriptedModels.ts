import type {
  ModelDone,
  ModelEvent,
  ModelFault,
  ModelProvider,
  ModelRequest,
  Models,
} from '../engine/ports/models.ts';

/**
 * What a scripted model does with one request: a text is a complete answer; a fault is the final event; a list of
 * events is streamed as it is, well-formed or not; a function sees the request and may throw or never end.
 */
export type ScriptedReply =
  | string
  | (Partial<Omit<ModelDone, 'type'>> & { readonly text: string })
  | (Pick<ModelFault, 'code'> & Partial<Omit<ModelFault, 'type' | 'code'>>)
  | readonly ModelEvent[]
  | ((request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>);

export interface ScriptedModels extends Models {
  /** In the order in which they were asked. */
  readonly requests: readonly ModelRequest[];
  /** Replies that nobody has asked for yet. */
  readonly remaining: () => number;
}

export interface ScriptedOptions {
  /** Providers that exist; each takes from the same script. Default: `scripted`. */
  readonly ids?: readonly string[];
}

/** Models that answer from a script, in order. A request after the last reply fails and says so. */
export function createScriptedModels(
  replies: readonly ScriptedReply[],
  { ids = ['scripted'] }: ScriptedOptions = {},
): ScriptedModels {
  const requests: ModelRequest[] = [];
  const ask = (request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> => {
    requests.push(request);
    return play(replies[requests.length - 1] ?? exhausted(replies.length), request, signal);
  };
  const providers = new Map<string, ModelProvider>(ids.map((id) => [id, { id, ask }]));
  return {
    provider: (id) => providers.get(id),
    requests,
    remaining: () => Math.max(0, replies.length - requests.length),
  };
}

function play(reply: ScriptedReply, request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
  if (typeof reply === 'function') return reply(request, signal);
  return stream(eventsOf(reply, request), signal);
}

async function* stream(events: readonly ModelEvent[], signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for (const event of events) {
    if (signal.aborted) {
      yield { type: 'failed', code: 'model.cancelled', message: 'The call was cancelled.', retryable: false };
      return;
    }
    yield event;
  }
}

function eventsOf(
  reply: Exclude<ScriptedReply, (...args: never[]) => unknown>,
  request: ModelRequest,
): readonly ModelEvent[] {
  if (typeof reply === 'string') return eventsOf({ text: reply }, request);
  if (isEventList(reply)) return reply;
  if ('code' in reply)
    return [{ type: 'failed', message: `Scripted ${reply.code}.`, retryable: false, ...reply }];
  const done: ModelDone = {
    type: 'done',
    stop: 'complete',
    usage: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, estimated: false },
    model: request.model,
    ...reply,
  };
  return [...splitInTwo(reply.text).map((text) => ({ type: 'text' as const, text })), done];
}

/** `Array.isArray` does not narrow a readonly list. */
function isEventList(reply: object): reply is readonly ModelEvent[] {
  return Array.isArray(reply);
}

function splitInTwo(text: string): readonly string[] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((part) => part !== '');
}

function exhausted(count: number): ScriptedReply {
  return { code: 'model.bad-request', message: `The script has only ${count} replies.`, retryable: false };
}
