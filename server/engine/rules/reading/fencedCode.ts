import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { nextFence } from './findRuleBlocks.ts';

/** Tells whether an offset at or behind `from` lies inside a code fence; the fences themselves do. */
export function fencedCode(text: string, from: number): (offset: number) => boolean {
  const fenced: Span[] = [];
  let fence: string | undefined;
  let start = from;
  for (let at = from; at < text.length;) {
    const line = readLine(text, at);
    const next = nextFence(fence, text.slice(line.start, line.end));
    if (fence === undefined && next !== undefined) start = line.start;
    if (fence !== undefined && next === undefined) fenced.push({ start, end: line.next });
    fence = next;
    at = line.next;
  }
  if (fence !== undefined) fenced.push({ start, end: text.length });
  return (offset) => offset < (lastAtOrBefore(fenced, offset)?.end ?? 0);
}

/** Of spans in order: the last one that begins at the offset or before it. */
function lastAtOrBefore(spans: readonly Span[], offset: number): Span | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
