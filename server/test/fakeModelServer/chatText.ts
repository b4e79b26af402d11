import { defaultUsage, splitText, type EventLines } from './answerPieces.ts';
import type { FakeAnswer, FakeToolCall, FakeUsage } from './fakeReply.ts';

/** The events of OpenAI's Chat Completions. */
export function listChatEvents(answer: FakeAnswer, askedModel: string): readonly EventLines[] {
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
    ...(answer.toolCalls ?? []).flatMap((call, index) =>
      (answer.age === 'older' ? listFunctionCall(call) : listToolCall(index, call)).map(delta),
    ),
    ...listChatEnd(answer, chunk),
  ];
}

function listToolCall(index: number, { id, name, input }: FakeToolCall): readonly object[] {
  const part = (more: object): object => ({ tool_calls: [{ index, ...more }] });
  return [
    part({ id, type: 'function', function: { name, arguments: '' } }),
    ...splitText({ text: input }).map((text) => part({ function: { arguments: text } })),
  ];
}

/** Before there could be several tools, there was one function. */
function listFunctionCall({ name, input }: FakeToolCall): readonly object[] {
  return [
    { function_call: { name, arguments: '' } },
    ...splitText({ text: input }).map((text) => ({ function_call: { arguments: text } })),
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
    tool: answer.age === 'older' ? 'function_call' : 'tool_calls',
    unheardOf: 'sleepy',
  }[answer.stop ?? 'complete'];
  const omits = (part: 'stopReason' | 'done' | 'usage'): boolean => answer.omit?.includes(part) ?? false;
  if (answer.age === 'older') return listOldEnd(answer, chunk, omits('stopReason') ? null : reason);
  return [
    ...(omits('stopReason') ? [] : [chunk([{ index: 0, delta: {}, finish_reason: reason }])]),
    ...(omits('usage') ? [] : [chunk([], { usage: renderChatUsage(answer.usage ?? defaultUsage) })]),
    ...(omits('done') ? [] : [['data: [DONE]']]),
  ];
}

/** No list of choices beside the counts, no details of them, and nothing in the choice but its reason. */
function listOldEnd(
  { usage = defaultUsage, omit = [] }: FakeAnswer,
  chunk: (choices: readonly object[], more?: object) => EventLines,
  reason: string | null,
): readonly EventLines[] {
  const counts = { prompt_tokens: usage.input, completion_tokens: usage.output };
  return [
    chunk([{ index: 0, finish_reason: reason }]),
    ...(omit.includes('usage') ? [] : [[`data: ${JSON.stringify({ id: 'chatcmpl-1', usage: counts })}`]]),
    ...(omit.includes('done') ? [] : [['data: [DONE]']]),
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
