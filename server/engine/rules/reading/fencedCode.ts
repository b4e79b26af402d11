import { readLine } from '../../documents/readLine.ts';
import { nextFence } from './findRuleBlocks.ts';

/** Tells whether an offset at or behind `from` lies inside a code fence; the fences themselves do. */
export function fencedCode(text: string, from: number): (offset: number) => boolean {
  const fenced: { readonly start: number; readonly end: number }[] = [];
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
  return (offset) => fenced.some((span) => offset >= span.start && offset < span.end);
}
