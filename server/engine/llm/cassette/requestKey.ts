import type { Digest } from '../../ports/digest.ts';
import type { ModelRequest } from '../../ports/models.ts';

/**
 * Key of the recording that answers a request: a digest of its system text and its messages, with line ends as `\n`.
 * Who is asked, the token limit and the deadline are left out: they do not change the question, so a recording answers
 * for any model, and a limit can be tuned without recording again. Only complete answers are recorded.
 */
export function requestKey(request: Pick<ModelRequest, 'system' | 'messages'>, digest: Digest): string {
  const { system, messages } = normalizeRequest(request);
  return digest(JSON.stringify([system, ...messages.map(({ role, text }) => [role, text])]));
}

export function normalizeRequest(
  request: Pick<ModelRequest, 'system' | 'messages'>,
): Pick<ModelRequest, 'system' | 'messages'> {
  return {
    system: normalizeLineEnds(request.system),
    messages: request.messages.map(({ role, text }) => ({ role, text: normalizeLineEnds(text) })),
  };
}

function normalizeLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
