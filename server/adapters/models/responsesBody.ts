import type OpenAI from 'openai';
import type { ModelMessage, ModelRequest } from '../../engine/ports/models.ts';
import { isClosedSchema } from './answerInstruction.ts';

type Body = OpenAI.Responses.ResponseCreateParamsStreaming;
type Item = OpenAI.Responses.ResponseInputItem;

/** A request in the form of the Responses API. Nothing of it is kept there, and models that reason refuse a temperature. */
export function toResponsesBody(request: ModelRequest): Body {
  const { model, system, messages, tools, answer, maxOutputTokens } = request;
  return {
    model,
    ...(system && { instructions: system }),
    input: messages.flatMap(toItems),
    max_output_tokens: maxOutputTokens,
    ...(tools?.length && {
      tools: tools.map(({ name, description, input }) => ({
        type: 'function' as const,
        name,
        description,
        parameters: input,
        strict: isClosedSchema(input),
      })),
    }),
    ...(answer && {
      text: {
        format: {
          type: 'json_schema' as const,
          name: answer.name,
          schema: answer.schema,
          strict: isClosedSchema(answer.schema),
        },
      },
    }),
    store: false,
    stream: true,
  };
}

function toItems({ role, text, toolCalls = [], toolResults = [] }: ModelMessage): readonly Item[] {
  const results = toolResults.map((result): Item => ({
    type: 'function_call_output',
    call_id: result.call,
    output: result.failed ? `Error: ${result.text}` : result.text,
  }));
  const calls = toolCalls.map((call): Item => ({
    type: 'function_call',
    call_id: call.id,
    name: call.name,
    arguments: call.input,
  }));
  const isEmpty = text === '' && results.length + calls.length > 0;
  return [...results, ...(isEmpty ? [] : [{ role, content: text }]), ...calls];
}
