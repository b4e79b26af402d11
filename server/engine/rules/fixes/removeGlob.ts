import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.shadowed-glob`: without the glob; certain where the same one stands there again. */
export const removeGlob: FixFinder = ({ text }, { span, data }) => {
  const glob = text.slice(span.start, span.end);
  const quoted = withQuotes(text, span);
  const removed = wholeLine(text, quoted) ?? withComma(text, quoted);
  if (removed === undefined) return [];
  return [
    replaceText(`Remove \`${glob}\``, { span: removed, newText: '', isCertain: data?.['by'] === 'same' }),
  ];
};

/** A quote that stands on both sides belongs to this entry alone. */
function withQuotes(text: string, { start, end }: Span): Span {
  const quote = text[start - 1];
  const isQuoted = (quote === '"' || quote === "'") && text[end] === quote;
  return isQuoted ? { start: start - 1, end: end + 1 } : { start, end };
}

/** An entry behind a dash, alone on its line. */
function wholeLine(text: string, { start, end }: Span): Span | undefined {
  const lineStart = findLineStart(text, start);
  const line = readLine(text, lineStart);
  const isAlone =
    /^[ \t]*-[ \t]+$/.test(text.slice(lineStart, start)) && text.slice(end, line.end).trim() === '';
  return isAlone ? { start: lineStart, end: line.next } : undefined;
}

/** With the comma that parts it from its neighbour. */
function withComma(text: string, { start, end }: Span): Span | undefined {
  const before = /[ \t]*,[ \t]*$/.exec(text.slice(Math.max(0, start - 40), start))?.[0];
  if (before !== undefined) return { start: start - before.length, end };
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 40))?.[0];
  return after === undefined ? undefined : { start, end: end + after.length };
}
