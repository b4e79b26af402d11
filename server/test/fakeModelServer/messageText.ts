import { defaultUsage, namedEvent, splitText, type EventLines } from './answerPieces.ts';
import type { FakeAnswer, FakeToolCall } from './fakeReply.ts';

/** The events of Anthropic's Messages API. */
export function listMessageEvents(answer: FakeAnswer, askedModel: string): readonly EventLines[] {
  const usage = answer.usage ?? defaultUsage;
  const counts = {
    input_tokens: usage.input,
    // The version before caching told nothing of it.
    ...(answer.age !== 'older' && {
      cache_read_input_tokens: usage.cacheRead ?? 0,
      cache_creation_input_tokens: usage.cacheWrite ?? 0,
    }),
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
    namedEvent({ type: 'message_start', message }),
    ...(answer.age === 'older' ? [] : [namedEvent({ type: 'ping' })]),
    ...(answer.unknownEvent ? [namedEvent({ type: 'weather_report', sky: 'clear' })] : []),
    ...(answer.thinking ? listBlock(0, 'thinking', [answer.thinking]) : []),
    ...listBlock(answer.thinking ? 1 : 0, 'text', splitText(answer)),
    ...(answer.toolCalls ?? []).flatMap((call, index) => listToolUse(2 + index, call)),
    // Once the end told the tokens of the answer alone.
    ...listMessageEnd(answer, { ...(answer.age !== 'older' && counts), output_tokens: usage.output }),
  ];
}

function listBlock(
  index: number,
  type: 'text' | 'thinking',
  parts: readonly string[],
): readonly EventLines[] {
  const delta = (part: string) => ({ type: `${type}_delta`, [type]: part });
  return [
    namedEvent({ type: 'content_block_start', index, content_block: { type, [type]: '' } }),
    ...parts.map((part) => namedEvent({ type: 'content_block_delta', index, delta: delta(part) })),
    namedEvent({ type: 'content_block_stop', index }),
  ];
}

function listToolUse(index: number, { id, name, input }: FakeToolCall): readonly EventLines[] {
  const parts = splitText({ text: input });
  const delta = (part: string) => ({ type: 'input_json_delta', partial_json: part });
  return [
    namedEvent({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id, name, input: {} },
    }),
    ...parts.map((part) => namedEvent({ type: 'content_block_delta', index, delta: delta(part) })),
    namedEvent({ type: 'content_block_stop', index }),
  ];
}

function listMessageEnd(answer: FakeAnswer, usage: object): readonly EventLines[] {
  if (answer.errorEvent) {
    return [namedEvent({ type: 'error', error: answer.errorEvent })];
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
    namedEvent({
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: answer.omit?.includes('usage') ? {} : usage,
    }),
    ...(answer.omit?.includes('done') ? [] : [namedEvent({ type: 'message_stop' })]),
  ];
}
