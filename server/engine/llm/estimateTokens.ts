import type { ModelRequest } from '../ports/models.ts';

/** What a chat format adds around each message and around the whole request, in tokens; measured ones add 3 to 8. */
const tokensPerMessage = 16;

/** The tokens that a text probably has: for showing and for fitting a prompt, never for a budget. */
export function estimateTokens(text: string): number {
  const charactersPerToken = 3.5;
  return Math.ceil(text.length / charactersPerToken);
}

/**
 * The most tokens that a request can be read as. Bound: one token per UTF-8 byte, since tokenizers of the providers
 * work on bytes or fall back to them and only ever merge; and 16 for the frame of each message and of the request.
 */
export function boundInputTokens(request: Pick<ModelRequest, 'system' | 'messages'>): number {
  const texts = [request.system, ...request.messages.map((message) => message.text)];
  const bytes = texts.reduce((sum, text) => sum + countUtf8Bytes(text), 0);
  return bytes + tokensPerMessage * (request.messages.length + 1);
}

export function estimateInputTokens(request: Pick<ModelRequest, 'system' | 'messages'>): number {
  const texts = [request.system, ...request.messages.map((message) => message.text)];
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function countUtf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
