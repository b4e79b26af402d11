import type { FakeAnswer, FakeUsage } from './fakeReply.ts';

export type WireFormat = 'anthropic' | 'openai';

const defaultUsage: FakeUsage = { input: 25, output: 12 };

/** The body of a streamed answer, as the endpoint of this format sends it. */
export function renderStream(format: WireFormat, answer: FakeAnswer, askedModel: string): string {
  const events =
    format === 'anthropic' ? listMessageEvents(answer, askedModel) : listChatEvents(answer, askedModel);
  const lineEnd = answer.lineEnd ?? '\n';
  return events.map((event) => event.join(lineEnd) + lineEnd + lineEnd).join('');
}

/** The lines of one event. */
type EventLines = readonly string[];

function listMessageEvents(answer: FakeAnswer, askedModel: string): readonly EventLines[] {
  const usage = answer.usage ?? defaultUsage;
  const counts = {
    input_tokens: usage.input,
    cache_read_input_tokens: usage.cacheRead ?? 0,
    cache_creation_input_tokens: usage.cacheWrite ?? 0,
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: answer.model ?? askedModel,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...counts, output_tokens: 1 },
  };
  return [
    messageEvent({ type: 'message_start', message }),
    messageEvent({ type: 'ping' }),
    ...(answer.unknownEvent ? [messageEvent({ type: 'weather_report', sky: 'clear' })] : []),
    ...(answer.thinking ? listBlock(0, 'thinking', [answer.thinking]) : []),
    ...listBlock(answer.thinking ? 1 : 0, 'text', splitText(answer)),
    ...listMessageEnd(answer, { ...counts, output_tokens: usage.output }),
  ];
}

function listBlock(
  index: number,
  type: 'text' | 'thinking',
  parts: readonly string[],
): readonly EventLines[] {
  const delta = (part: string) => ({ type: `${type}_delta`, [type]: part });
  return [
    messageEvent({ type: 'content_block_start', index, content_block: { type, [type]: '' } }),
    ...parts.map((part) => messageEvent({ type: 'content_block_delta', index, delta: delta(part) })),
    messageEvent({ type: 'content_block_stop', index }),
  ];
}

function listMessageEnd(answer: FakeAnswer, usage: object): readonly EventLines[] {
  if (answer.errorEvent) {
    return [messageEvent({ type: 'error', error: answer.errorEvent })];
  }
  const reason = {
    complete: 'end_turn',
    length: 'max_tokens',
    refusal: 'refusal',
    tool: 'tool_use',
    unheardOf: 'sleepy',
  }[answer.stop ?? 'complete'];
  const stop_reason = answer.omit?.includes('stopReason') ? null : reason;
  return [
    messageEvent({
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: answer.omit?.includes('usage') ? {} : usage,
    }),
    ...(answer.omit?.includes('done') ? [] : [messageEvent({ type: 'message_stop' })]),
  ];
}

function messageEvent(data: { readonly type: string; readonly [key: string]: unknown }): EventLines {
  return [`event: ${data.type}`, `data: ${JSON.stringify(data)}`];
}

function listChatEvents(answer: FakeAnswer, askedModel: string): readonly EventLines[] {
  const chunk = (choices: readonly object[], more: object = {}): EventLines => [
    `data: ${JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: answer.model ?? askedModel,
      choices,
      ...more,
    })}`,
  ];
  const delta = (content: object): EventLines => chunk([{ index: 0, delta: content, finish_reason: null }]);
  return [
    delta({ role: 'assistant', content: '' }),
    ...(answer.unknownEvent ? [chunk([], { object: 'weather.report' })] : []),
    ...(answer.thinking ? [delta({ reasoning_content: answer.thinking })] : []),
    ...splitText(answer).map((content) => delta({ content })),
    ...listChatEnd(answer, chunk),
  ];
}

function listChatEnd(
  answer: FakeAnswer,
  chunk: (choices: readonly object[], more?: object) => EventLines,
): readonly EventLines[] {
  if (answer.errorEvent) return [[`data: ${JSON.stringify({ error: answer.errorEvent })}`]];
  const reason = {
    complete: 'stop',
    length: 'length',
    refusal: 'content_filter',
    tool: 'tool_calls',
    unheardOf: 'sleepy',
  }[answer.stop ?? 'complete'];
  const omits = (part: 'stopReason' | 'done' | 'usage'): boolean => answer.omit?.includes(part) ?? false;
  return [
    ...(omits('stopReason') ? [] : [chunk([{ index: 0, delta: {}, finish_reason: reason }])]),
    ...(omits('usage') ? [] : [chunk([], { usage: renderChatUsage(answer.usage ?? defaultUsage) })]),
    ...(omits('done') ? [] : [['data: [DONE]']]),
  ];
}

function renderChatUsage({ input, output, cacheRead = 0, cacheWrite = 0 }: FakeUsage): object {
  const prompt = input + cacheRead + cacheWrite;
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
  };
}

function splitText({ text, eventChars = 8 }: FakeAnswer): readonly string[] {
  const characters = Array.from(text);
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += eventChars) {
    parts.push(characters.slice(start, start + eventChars).join(''));
  }
  return parts;
}

/** The body of an error that comes instead of an answer. */
export function renderError(
  format: WireFormat,
  error: { type: string; code: string; message: string },
): string {
  const { type, code, message } = error;
  return format === 'anthropic'
    ? JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' })
    : JSON.stringify({ error: { message, type, param: null, code: code || null } });
}

export function errorTypeOf(status: number): string {
  const types: Readonly<Record<number, string>> = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    403: 'permission_error',
    404: 'not_found_error',
    429: 'rate_limit_error',
    529: 'overloaded_error',
  };
  return types[status] ?? 'api_error';
}
