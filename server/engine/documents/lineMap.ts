import type { Position, Range } from '../../protocol/text.ts';
import type { Span } from './span.ts';

/** Translates between offsets and positions of one text, as the LSP counts: UTF-16, lines end at \n, \r\n or a lone \r. */
export interface LineMap {
  readonly lineCount: number;
  /** Offsets beyond the text count as its end, negative ones as its start. */
  positionAt(offset: number): Position;
  /** A column beyond the line is the line's end, before its line break; a line beyond the text is the text's end. */
  offsetAt(position: Position): number;
  toRange(span: Span): Range;
  /** The line without its break; an empty span at the text's end when there is no such line. */
  lineSpan(line: number): Span;
}

export function createLineMap(text: string): LineMap {
  const starts = findLineStarts(text);
  const positionAt = (offset: number): Position => {
    const inside = Math.min(Math.max(Math.trunc(offset), 0), text.length);
    const line = findLine(starts, inside);
    return { line, character: inside - (starts[line] ?? 0) };
  };
  const lineSpan = (line: number): Span => {
    const start = starts[line];
    if (start === undefined) return { start: text.length, end: text.length };
    return { start, end: start + lengthWithoutBreak(text, start, starts[line + 1] ?? text.length) };
  };
  return {
    lineCount: starts.length,
    positionAt,
    offsetAt: ({ line, character }) => {
      if (line < 0) return 0;
      const { start, end } = lineSpan(line);
      return Math.min(start + Math.max(character, 0), end);
    },
    toRange: (span) => ({ start: positionAt(span.start), end: positionAt(span.end) }),
    lineSpan,
  };
}

const lineFeed = 10;
const carriageReturn = 13;

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) continue;
    if (code === lineFeed || code === carriageReturn) starts.push(at + 1);
  }
  return starts;
}

/** The last line that starts at or before the offset. */
function findLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lengthWithoutBreak(text: string, start: number, end: number): number {
  let last = end;
  if (last > start && text.charCodeAt(last - 1) === lineFeed) last -= 1;
  if (last > start && text.charCodeAt(last - 1) === carriageReturn) last -= 1;
  return last - start;
}
