import type { Digest } from '../../ports/digest.ts';
import type { Redactor } from '../../safety/redact.ts';
import {
  parseCassette,
  recordCalls,
  recordRequest,
  renderCassette,
  requestOf,
  toLines,
  type Cassette,
} from './cassette.ts';
import { requestKey } from './requestKey.ts';

export interface CassetteCheck {
  readonly cassette?: Cassette;
  /** What is wrong with the recording, as sentences; empty when it can be replayed and shared. */
  readonly problems: readonly string[];
}

/** Checks the file of one recording: its form, whether it answers the request that it holds, and what it gives away. */
export function checkCassette(
  key: string,
  text: string,
  { digest, redact }: { readonly digest: Digest; readonly redact: Redactor },
): CassetteCheck {
  const parsed = parseCassette(text);
  if (parsed.kind === 'broken') return { problems: [`It cannot be read: ${parsed.problem}.`] };
  const { cassette } = parsed;
  const isForKey = cassette.key === key;
  // What was masked is not what was asked, so the key of such a request cannot be told again.
  const isMasked = /\[redacted [\w ]+\]/.test(JSON.stringify(cassette.request));
  const isUnchanged = isMasked || requestKey(requestOf(cassette), digest) === cassette.key;
  const holdsSecret = redactCassette(cassette, redact) !== renderCassette(cassette);
  return {
    cassette,
    problems: [
      ...(isForKey ? [] : ['Its file has the name of another key, so it answers nothing. Record it again.']),
      ...(isUnchanged ? [] : ['Its request was changed after it was recorded. Record it again.']),
      ...(holdsSecret ? ['It holds what looks like a secret. Run `clctl cassette redact`.'] : []),
    ],
  };
}

/** The file of a recording with its secrets masked. It answers the same request as before. */
export function redactCassette(cassette: Cassette, redact: Redactor): string {
  const { request, answer, answeredBy } = cassette;
  return renderCassette({
    ...cassette,
    answeredBy: { ...answeredBy, model: redact(answeredBy.model) },
    request: {
      maxOutputTokens: request.maxOutputTokens,
      ...recordRequest(requestOf(cassette), redact),
    },
    answer: {
      stop: answer.stop,
      text: toLines(redact(answer.text.join('\n'))),
      ...(answer.toolCalls && { toolCalls: recordCalls(answer.toolCalls, redact) }),
    },
  });
}
