import type { Position, Range } from '../../server/protocol/text.ts';

/** One change of a text: what stood in `range` is `text` now. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/**
 * Where a range lies after a change. One that was changed itself, at its edges too, grows or shrinks with it, and never
 * becomes less than nothing.
 */
export function shiftRange(range: Range, change: TextEdit): Range {
  const start = shift(range.start, change, 'start');
  const end = shift(range.end, change, 'end');
  return { start, end: isBefore(end, start) ? start : end };
}

function shift(position: Position, { range, text }: TextEdit, side: 'start' | 'end'): Position {
  if (isBefore(position, range.start)) return position;
  const lines = text.split(/\r\n|\r|\n/u);
  const last = lines.at(-1) ?? '';
  const newEnd = {
    line: range.start.line + lines.length - 1,
    character: (lines.length === 1 ? range.start.character : 0) + last.length,
  };
  if (isBefore(position, range.end)) return side === 'start' ? range.start : newEnd;
  // What is typed right behind a range is no part of it.
  if (side === 'end' && isSame(position, range.start) && isSame(range.start, range.end)) return position;
  if (position.line > range.end.line)
    return { line: position.line + newEnd.line - range.end.line, character: position.character };
  return { line: newEnd.line, character: newEnd.character + position.character - range.end.character };
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
