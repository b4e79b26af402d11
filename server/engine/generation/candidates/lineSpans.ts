import type { SyntaxNode } from '../../ports/syntax.ts';

/** Offsets of whole lines: from the beginning of the first to behind the end of the last. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** The lines of a statement with the comments that stand right above it. undefined: it shares a line with other code. */
export function linesOf(
  text: string,
  statement: SyntaxNode,
  siblings: readonly SyntaxNode[],
): LineSpan | undefined {
  let first = statement;
  for (const above of siblings.slice(0, siblings.indexOf(statement)).toReversed()) {
    if (!/comment/u.test(above.type) || /\n[ \t]*\r?\n/u.test(text.slice(above.end, first.start))) break;
    // Behind other code it belongs to that.
    if (text.slice(lineStart(text, above.start), above.start).trim() !== '') break;
    first = above;
  }
  const start = lineStart(text, first.start);
  const end = lineEnd(text, statement.end);
  const before = text.slice(start, first.start).trim();
  const behind = text.slice(statement.end, end).trim();
  if (before !== '' || !/^;?\s*(?:(?:#|\/\/).*)?$/u.test(behind)) return undefined;
  return { start, end };
}

/** The text without these parts; where a gap has blank lines on both sides, those of one side stay. */
export function withoutLines(text: string, spans: readonly LineSpan[]): string {
  let left = text;
  for (const { start, end } of spans.toSorted((one, other) => other.start - one.start)) {
    const head = left.slice(0, start);
    const tail = left.slice(end);
    const isWhole =
      (head === '' || head.endsWith('\n')) && (start === end || left[end - 1] === '\n' || tail === '');
    left = isWhole ? closeGap(head, tail) : head + tail;
  }
  return left;
}

function closeGap(head: string, tail: string): string {
  const above = /(?:(?<=^|\n)[ \t]*\r?\n)*$/u.exec(head)?.[0] ?? '';
  const below = /^(?:[ \t]*\r?\n)*/u.exec(tail)?.[0] ?? '';
  const before = head.slice(0, head.length - above.length);
  const behind = tail.slice(below.length);
  // Blocks and files neither begin nor end with blank lines.
  const isEdge = behind.trim() === '' || /^\s*[})\]]/u.test(behind) || /(?:^|[:{([]\s*)$/u.test(before);
  return before + (isEdge ? '' : above.length >= below.length ? above : below) + behind;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  // Some grammars count the line break as a part of the statement.
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
