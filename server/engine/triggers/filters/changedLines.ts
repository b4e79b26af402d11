import { diffLines } from '../../documents/diffLines.ts';
import { createLineMap } from '../../documents/lineMap.ts';
import type { Span } from '../../documents/span.ts';

/**
 * The runs of lines of `after` that are new or other than in `before`, in order, without their last line break. Lines that
 * were only taken away leave none, and neither do other line ends.
 */
export function changedLines(before: string, after: string): readonly Span[] {
  if (before === after) return [];
  const lines = linesOf(after);
  const text = (source: string, spans: readonly Span[]): readonly string[] =>
    spans.map(({ start, end }) => source.slice(start, end));
  const changed: Span[] = [];
  let at = 0;
  for (const run of diffLines(text(before, linesOf(before)), text(after, lines))) {
    const [first, last] = [lines[at], lines[at + run.after - 1]];
    if (!run.same && first !== undefined && last !== undefined && run.after > 0)
      changed.push({ start: first.start, end: last.end });
    at += run.after;
  }
  return changed;
}

/** A final line break ends the last line and begins none. */
function linesOf(text: string): readonly Span[] {
  const map = createLineMap(text);
  const lines = Array.from({ length: map.lineCount }, (_, line) => map.lineSpan(line));
  return lines.at(-1)?.start === text.length ? lines.slice(0, -1) : lines;
}
