import { defaultUsage, namedEvent, splitText, type EventLines } from './answerPieces.ts';
import type { FakeAnswer, FakeToolCall, FakeUsage } from './fakeReply.ts';

/** The events of OpenAI's Responses API. */
export function listResponseEvents(answer: FakeAnswer, askedModel: string): readonly EventLines[] {
  const base = { id: 'resp_1', object: 'response', created_at: 1, model: answer.model ?? askedModel };
  const running = { ...base, status: 'in_progress', output: [], usage: null };
  const item = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  return number([
    { type: 'response.created', response: running },
    { type: 'response.in_progress', response: running },
    ...(answer.unknownEvent ? [{ type: 'weather.report', sky: 'clear' }] : []),
    ...(answer.thinking
      ? [{ type: 'response.reasoning_summary_text.delta', ...item, delta: answer.thinking }]
      : []),
    { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'msg_1' } },
    ...splitText(answer).map((delta) => ({ type: 'response.output_text.delta', ...item, delta })),
    { type: 'response.output_text.done', ...item, text: answer.text },
    ...(answer.toolCalls ?? unaskedCalls(answer)).flatMap(listFunctionCall),
    ...listEnd(answer, base),
  ]);
}

/** This protocol has no word for a stop at a tool: the call itself tells. */
function unaskedCalls({ stop }: FakeAnswer): readonly FakeToolCall[] {
  return stop === 'tool' ? [{ id: 'call_1', name: 'unasked', input: '{}' }] : [];
}

interface ResponseEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

function listFunctionCall({ id, name, input }: FakeToolCall, index: number): readonly ResponseEvent[] {
  const place = { item_id: `fc_${index}`, output_index: 1 + index };
  const item = { type: 'function_call', id: place.item_id, call_id: id, name };
  return [
    { type: 'response.output_item.added', ...place, item: { ...item, arguments: '' } },
    ...splitText({ text: input }).map((delta) => ({
      type: 'response.function_call_arguments.delta',
      ...place,
      delta,
    })),
    { type: 'response.output_item.done', ...place, item: { ...item, arguments: input } },
  ];
}

function listEnd(answer: FakeAnswer, base: object): readonly ResponseEvent[] {
  const omits = (part: 'stopReason' | 'usage'): boolean => answer.omit?.includes(part) ?? false;
  if (answer.errorEvent) {
    const { type: code, message } = answer.errorEvent;
    return [{ type: 'error', code, message, param: null }];
  }
  if (omits('stopReason')) return [];
  const usage = omits('usage') ? null : renderUsage(answer);
  const output: readonly unknown[] = [];
  const end = (status: string, more: object = {}): readonly ResponseEvent[] => [
    { type: `response.${status}`, response: { ...base, status, output, usage, ...more } },
  ];
  switch (answer.stop ?? 'complete') {
    case 'complete':
    case 'tool':
      return end('completed');
    case 'length':
      return end('incomplete', { incomplete_details: { reason: 'max_output_tokens' } });
    case 'refusal':
      return end('incomplete', { incomplete_details: { reason: 'content_filter' } });
    case 'unheardOf':
      return end('incomplete', { incomplete_details: { reason: 'sleepy' } });
  }
}

function renderUsage({ usage = defaultUsage, age }: FakeAnswer): object {
  const { input, output, cacheRead = 0, cacheWrite = 0 }: FakeUsage = usage;
  return {
    input_tokens: input + cacheRead + cacheWrite,
    output_tokens: output,
    total_tokens: input + cacheRead + cacheWrite + output,
    // The first version told nothing of them.
    ...(age !== 'older' && {
      input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
      output_tokens_details: { reasoning_tokens: 0 },
    }),
  };
}

function number(events: readonly ResponseEvent[]): readonly EventLines[] {
  return events.map((event, index) => namedEvent({ ...event, sequence_number: index }));
}
