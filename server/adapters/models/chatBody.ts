import type OpenAI from 'openai';
import type { ModelMessage, ModelRequest } from '../../engine/ports/models.ts';
import { instructAnswer, isClosedSchema } from './answerInstruction.ts';
import type { Preset } from './presets.ts';

type Body = OpenAI.ChatCompletionCreateParamsStreaming;
type Message = OpenAI.ChatCompletionMessageParam;

/** A request in the form of Chat Completions, with what this endpoint takes of it. */
export function toChatBody(request: ModelRequest, preset: Preset): Body {
  const { model, messages, tools, temperature, maxOutputTokens } = request;
  const isNative = request.answer !== undefined && preset.answers === 'schema';
  const system = isNative ? request.system : instructAnswer(request);
  return {
    model,
    [preset.limitField]: maxOutputTokens,
    messages: [
      ...(system ? [{ role: 'system' as const, content: system }] : []),
      ...messages.flatMap(toMessages),
    ],
    ...(tools?.length && {
      tools: tools.map(({ name, description, input }) => ({
        type: 'function' as const,
        function: { name, description, parameters: input },
      })),
    }),
    ...(request.answer && responseFormat(request.answer, preset)),
    ...(temperature !== undefined && preset.takesTemperature && { temperature }),
    stream: true,
    ...(preset.takesUsageOption && { stream_options: { include_usage: true } }),
  };
}

function responseFormat(
  { name, schema }: NonNullable<ModelRequest['answer']>,
  { answers }: Preset,
): Pick<Body, 'response_format'> {
  switch (answers) {
    case 'schema': {
      const strict = isClosedSchema(schema);
      return { response_format: { type: 'json_schema', json_schema: { name, schema, strict } } };
    }
    case 'json':
      return { response_format: { type: 'json_object' } };
    case 'instruction':
      return {};
  }
}

/** Results of tools are messages of their own here. */
function toMessages({ role, text, toolCalls = [], toolResults = [] }: ModelMessage): readonly Message[] {
  if (role === 'assistant') {
    if (toolCalls.length === 0) return [{ role, content: text }];
    const calls = toolCalls.map(({ id, name, input }) => ({
      type: 'function' as const,
      id,
      function: { name, arguments: input },
    }));
    return [{ role, content: text || null, tool_calls: calls }];
  }
  const results = toolResults.map((result): Message => ({
    role: 'tool',
    tool_call_id: result.call,
    content: result.failed ? `Error: ${result.text}` : result.text,
  }));
  // A message with results and no text of its own says nothing more.
  return results.length > 0 && text === '' ? results : [...results, { role, content: text }];
}
