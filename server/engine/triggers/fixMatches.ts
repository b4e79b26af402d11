import type { Span } from '../documents/span.ts';
import type { Condition } from '../rules/rule.ts';
import type { TextEdit } from '../rules/textEdit.ts';
import { asksForGroups, expandReplacement } from './expandReplacement.ts';
import { captureMatches } from './searchPattern.ts';
import type { CheckedText } from './testCondition.ts';

/**
 * What the `fix` of a condition does at each place where it found something: it replaces the match, or is put at the top
 * where the condition misses a match. Empty where it has none that can be applied.
 */
export async function fixMatches(
  { fix, pattern, target, must }: Condition,
  spans: readonly Span[],
  checked: CheckedText,
): Promise<readonly (TextEdit | undefined)[]> {
  if (fix === undefined || pattern === undefined || target === 'path') return [];
  const { text, file } = checked;
  const template = withLineBreaks(fix.value, text);
  if (must === 'present') return [{ span: topOf(text), newText: template }];
  const request = { source: pattern, flags: 'm' };
  const captured = asksForGroups(template)
    ? await captureMatches(request, { text, spans }, file)
    : spans.map(({ start, end }) => ({ groups: [text.slice(start, end)], named: undefined }));
  return spans.map((span, index) => {
    const captures = captured[index];
    if (captures === undefined) return undefined;
    return { span, newText: expandReplacement(template, { ...captures, text, start: span.start }) };
  });
}

/** A rule file may have other line breaks than the file that it mends. */
function withLineBreaks(template: string, text: string): string {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? template.replaceAll(/\r?\n/g, '\r\n') : template;
}

/** Behind what has to come first: a byte order mark, and the line that names the program of a script. */
function topOf(text: string): Span {
  const start = /^\uFEFF?(?:#!.*\r?\n)?/.exec(text)?.[0].length ?? 0;
  return { start, end: start };
}
