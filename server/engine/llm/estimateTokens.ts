import type { ModelRequest } from '../ports/models.ts';

/** What a chat format adds around each message and around the whole request, in tokens; measured ones add 3 to 8. */
const tokensPerMessage = 16;
/** Instructions that endpoints write before tools, or before a form of the answer; measured ones have 150 to 900. */
const addedTokens = 1_500;

/** The tokens that a text probably has: for showing and for fitting a prompt, never for a budget. */
export function estimateTokens(text: string): number {
  const charactersPerToken = 3.5;
  return Math.ceil(text.length / charactersPerToken);
}

/** What of a request is input of the model. */
export type RequestInput = Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'answer'>;

/**
 * The most tokens that a request can be read as. Bound: one token per UTF-8 byte, since tokenizers of the providers
 * work on bytes or fall back to them and only ever merge; and 16 for the frame of each text and of the request. What an
 * endpoint adds of its own where tools are offered, or a form is asked for, is bounded too.
 */
export function boundInputTokens(request: RequestInput): number {
  const texts = textsOf(request);
  const bytes = texts.reduce((sum, text) => sum + countUtf8Bytes(text), 0);
  const added = (request.tools?.length ? addedTokens : 0) + (request.answer ? addedTokens : 0);
  return bytes + tokensPerMessage * texts.length + added;
}

export function estimateInputTokens(request: RequestInput): number {
  return textsOf(request).reduce((sum, text) => sum + estimateTokens(text), 0);
}

/** The system text is always among them. */
function textsOf({ system, messages, tools = [], answer }: RequestInput): readonly string[] {
  return [
    system,
    ...messages.flatMap(({ text, toolCalls = [], toolResults = [] }) => [
      text,
      ...toolCalls.map((call) => call.id + call.name + call.input),
      ...toolResults.map((result) => result.call + result.text),
    ]),
    ...tools.map((tool) => JSON.stringify(tool)),
    ...(answer ? [JSON.stringify(answer)] : []),
  ];
}

function countUtf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
