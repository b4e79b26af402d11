import type { TextEdit } from '../textEdit.ts';

/** The text after the edits. Of two that overlap the one that begins first wins; insertions at one place keep their order. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { span, newText } of edits.toSorted((left, right) => left.span.start - right.span.start)) {
    if (span.start < at) continue;
    pieces.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
