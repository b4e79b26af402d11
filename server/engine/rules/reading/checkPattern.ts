import type { Span } from '../../documents/span.ts';
import { translatePattern } from '../patterns/translatePattern.ts';
import { report, type Reading } from './reading.ts';

/** Reports a regular expression that cannot be run: the rule becomes inactive. */
export function checkPattern(
  reading: Reading,
  pattern: string,
  { span, flags = '' }: { readonly span: Span; readonly flags?: string },
): void {
  const result = translatePattern(pattern, flags);
  if (result.kind === 'pattern') return;
  const message = `This pattern ${result.message}.`;
  report(reading, { code: 'rule.bad-pattern', severity: 'error', message, span });
}

/** `"\b"` in double quotes is a backspace to YAML; in a pattern its author means the edge of a word. */
export function unescapePattern(pattern: string): string {
  return pattern.replaceAll('\b', '\\b');
}
