import type { Span } from '../../documents/span.ts';

/** The part of the span on the line of the offset: what is replaced while typing never spans lines. */
export function clipToLine(text: string, span: Span, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > span.start && !isBreak(text[start - 1])) start -= 1;
  while (end < span.end && !isBreak(text[end])) end += 1;
  return { start, end };
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}
