import { listChatEvents } from './chatText.ts';
import type { FakeAnswer } from './fakeReply.ts';
import { listMessageEvents } from './messageText.ts';
import { listResponseEvents } from './responseText.ts';

export type WireFormat = 'anthropic' | 'responses' | 'chat';

/** The body of a streamed answer, as the endpoint of this format sends it. */
export function renderStream(format: WireFormat, answer: FakeAnswer, askedModel: string): string {
  const lineEnd = answer.lineEnd ?? '\n';
  return lists[format](answer, askedModel)
    .map((event) => event.join(lineEnd) + lineEnd + lineEnd)
    .join('');
}

const lists = { anthropic: listMessageEvents, responses: listResponseEvents, chat: listChatEvents } as const;

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
