import { trimSpace } from './whiteSpace.ts';

/** The longest line of a block, by which it is looked for: long lines stand in few places. */
export interface Anchor {
  /** Without the white space around it. */
  readonly words: string;
  /** Of its words, in the block. */
  readonly offset: number;
}

/** undefined: the block has no line with text. Of several as long, the first. */
export function readAnchor(block: string): Anchor | undefined {
  let best: Anchor | undefined;
  for (let start = 0; start < block.length;) {
    const found = block.indexOf('\n', start);
    const end = found < 0 ? block.length : found;
    if (end - start > (best?.words.length ?? 0)) {
      const line = block.slice(start, end);
      const words = trimSpace(line);
      if (words.length > (best?.words.length ?? 0)) best = { words, offset: start + line.indexOf(words) };
    }
    start = end + 1;
  }
  return best;
}

/** Wherever the anchor's words stand from `from` on, in order. */
export function findAnchors(text: string, { words }: Anchor, from = 0): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** Whether the block stands at `start` character by character, and fills whole lines. */
export function isExactAt(text: string, block: string, start: number): boolean {
  if (start < 0 || !text.startsWith(block, start)) return false;
  const end = start + block.length;
  const startsLine = start === 0 || text.charCodeAt(start - 1) === 10;
  return startsLine && (end === text.length || text.charCodeAt(end) === 10);
}
