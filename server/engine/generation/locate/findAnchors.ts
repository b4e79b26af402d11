import { createSearch, type Search } from './createSearch.ts';
import { isSpace } from './whiteSpace.ts';

/** The longest line of a block, by which it is looked for: long lines stand in few places. */
export interface Anchor {
  /** Without the white space around it. */
  readonly words: string;
  /** Of its words, in the block. */
  readonly offset: number;
}

/** undefined: the block has no line with text. Of several as long, the first. */
export function readAnchor(block: string): Anchor | undefined {
  let [bestStart, bestEnd] = [0, 0];
  for (let next = 0; next < block.length;) {
    const found = block.indexOf('\n', next);
    let end = found < 0 ? block.length : found;
    let start = next;
    next = end + 1;
    if (end - start <= bestEnd - bestStart) continue;
    while (start < end && isSpace(block.charCodeAt(start))) start += 1;
    while (end > start && isSpace(block.charCodeAt(end - 1))) end -= 1;
    if (end - start > bestEnd - bestStart) [bestStart, bestEnd] = [start, end];
  }
  return bestEnd === bestStart ? undefined : { words: block.slice(bestStart, bestEnd), offset: bestStart };
}

/** Wherever the anchor's words stand from `from` on, in order. */
export function findAnchors(
  text: string,
  { words }: Anchor,
  { from = 0, next = createSearch(text, words) }: { readonly from?: number; readonly next?: Search } = {},
): readonly number[] {
  const found: number[] = [];
  for (let at = next(from); at >= 0; at = next(at + 1)) found.push(at);
  return found;
}

/** Whether the block stands at `start` character by character, and fills whole lines. */
export function isExactAt(text: string, block: string, start: number): boolean {
  if (start < 0 || !text.startsWith(block, start)) return false;
  const end = start + block.length;
  const startsLine = start === 0 || text.charCodeAt(start - 1) === 10;
  return startsLine && (end === text.length || text.charCodeAt(end) === 10);
}
