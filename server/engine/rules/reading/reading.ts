import type { Severity } from '../../../protocol/text.ts';
import type { Span } from '../../documents/span.ts';
import type { RuleProblem } from '../rule.ts';

/** One rule while it is read: the file's text and what was found wrong so far. */
export interface Reading {
  readonly text: string;
  readonly problems: RuleProblem[];
}

export function createReading(text: string): Reading {
  return { text, problems: [] };
}

export function report(reading: Reading, problem: RuleProblem): void {
  reading.problems.push(problem);
}

/** A value of the wrong kind; the rule becomes inactive. */
export function reportWrongType(reading: Reading, span: Span, message: string): void {
  report(reading, { code: 'rule.wrong-type', severity: 'error', message, span });
}

/** Whether an error was found after the first `count` problems. */
export function hasErrorSince({ problems }: Reading, count: number): boolean {
  return problems.length > count && problems.slice(count).some(({ severity }) => severity === 'error');
}

/** `rule.unknown-key` and its like, with the nearest known word if one is near. */
export function unknownWord(options: {
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  readonly word: string;
  readonly near: string | undefined;
  readonly span: Span;
  readonly consequence: string;
}): RuleProblem {
  const { code, severity, what, word, near, span, consequence } = options;
  const guess = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  return {
    code,
    severity,
    span,
    message: `\`${showWord(word)}\` is no known ${what}.${guess} ${consequence}`,
    ...(near === undefined ? {} : { data: { near } }),
  };
}

/** Look-alike and unseen characters by their code points, so that the reader sees why the word is not the known one. */
function showWord(word: string): string {
  const short = word.length > 60 ? `${word.slice(0, 60)}…` : word;
  return short.replace(/[^\x20-\x7E…]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return /[\p{L}\p{N}]/u.test(character) ? `${character}(U+${code})` : `(U+${code})`;
  });
}
