import type { Digest } from '../../ports/digest.ts';
import type { ModelRequest } from '../../ports/models.ts';

/**
 * Key of the recording that answers a request: a digest of its system text, its messages, the tools that it offers and the
 * form of answer that it wants, with line ends as `\n`.
 * Who is asked, the token limit and the deadline are left out: they do not change the question, so a recording answers
 * for any model, and a limit can be tuned without recording again. Only complete answers are recorded.
 */
export function requestKey(request: Question, digest: Digest): string {
  const { system, messages, tools, answer } = normalizeRequest(request);
  const said = messages.map(({ role, text, toolCalls, toolResults }) =>
    toolCalls || toolResults ? [role, text, toolCalls ?? [], toolResults ?? []] : [role, text],
  );
  // What is not asked for is not in the digest, so that what was recorded before it could be asked for still answers.
  const more = tools || answer ? [{ tools: tools ?? [], answer: answer ?? null }] : [];
  return digest(JSON.stringify([system, ...said, ...more]));
}

/** What of a request is the question. */
export type Question = Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'answer'>;

export function normalizeRequest({ system, messages, tools, answer }: Question): Question {
  return {
    system: normalizeLineEnds(system),
    messages: messages.map(({ role, text, toolCalls, toolResults }) => ({
      role,
      text: normalizeLineEnds(text),
      ...(toolCalls?.length && { toolCalls }),
      ...(toolResults?.length && {
        toolResults: toolResults.map((result) => ({ ...result, text: normalizeLineEnds(result.text) })),
      }),
    })),
    ...(tools?.length && { tools }),
    ...(answer && { answer }),
  };
}

function normalizeLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
