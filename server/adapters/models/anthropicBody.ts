import type Anthropic from '@anthropic-ai/sdk';
import type { ModelMessage, ModelRequest, ToolCall } from '../../engine/ports/models.ts';
import { instructAnswer, isClosedSchema } from './answerInstruction.ts';

type Block = Anthropic.ContentBlockParam;
/** What both an answer and a count of tokens are asked with. */
type Body = Pick<
  Anthropic.MessageCreateParamsStreaming,
  'model' | 'messages' | 'system' | 'tools' | 'output_config'
>;

/** A marked block and all before it may be kept by the provider for some minutes. */
const kept = { type: 'ephemeral' } as const;

/** A request in the form of the Messages API. It has no temperature: current models refuse one. */
export function toMessagesBody(request: ModelRequest): Body {
  const { model, messages, tools, answer, keepsPrefix = false } = request;
  const isNative = answer !== undefined && isClosedSchema(answer.schema);
  const system = isNative ? request.system : instructAnswer(request);
  return {
    model,
    ...(system && { system: keepsPrefix ? [{ type: 'text', text: system, cache_control: kept }] : system }),
    messages: messages.map((message, index) =>
      toMessage(message, keepsPrefix && index === messages.length - 1),
    ),
    ...(tools?.length && {
      tools: tools.map(({ name, description, input }) => ({
        name,
        description,
        input_schema: { ...input, type: 'object' as const },
      })),
    }),
    ...(isNative && { output_config: { format: { type: 'json_schema', schema: answer.schema } } }),
  };
}

function toMessage(message: ModelMessage, isKept: boolean): Anthropic.MessageParam {
  const { role, text, toolCalls = [], toolResults = [] } = message;
  if (!isKept && toolCalls.length === 0 && toolResults.length === 0) return { role, content: text };
  const results = toolResults.map((result): Block => ({
    type: 'tool_result',
    tool_use_id: result.call,
    content: result.text,
    is_error: result.failed,
  }));
  const calls = toolCalls.map((call): Block => ({
    type: 'tool_use',
    id: call.id,
    name: call.name,
    input: readInput(call),
  }));
  // A text block must not be empty.
  const texts: readonly Block[] =
    text === '' ? [] : [{ type: 'text', text, ...(isKept && { cache_control: kept }) }];
  return { role, content: [...results, ...texts, ...calls] };
}

/** What the model once wrote as input of a tool; the endpoint takes objects alone. */
function readInput({ input }: ToolCall): object {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    // The model wrote no JSON, and was told so by the result of its call.
    return {};
  }
}
