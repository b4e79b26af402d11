import { findReindent, type IndentPair, type Reindent } from './reindent.ts';
import type { Trust } from './trust.ts';
import { isSpace, trimSpace } from './whiteSpace.ts';

/** A place whose lines have the block's words, and what had to be overlooked. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly trust: Trust;
  readonly reindent: Reindent;
  /** Whether the span covers the blank lines that the block begins and ends with. */
  readonly withEdges: boolean;
}

/**
 * All places of a block when white space does not count. The text is never split or copied: only where its anchor stands
 * are the neighbours compared.
 */
export function scanPlaces(text: string, block: string, anchors: readonly number[]): readonly Place[] {
  const lines = readBlockLines(block);
  const anchor = longest(lines);
  if (anchor === undefined) return [];
  const places: Place[] = [];
  const edges = countEdges(block);
  let best = 0;
  const work = { left: maxCompared };
  for (const at of anchors) {
    const found = matchAround(text, at, { lines, anchor: anchor.index, work });
    if (work.left < 0) return [];
    const place = found === undefined ? undefined : judge(text, { lines, ...edges }, found);
    if (place === undefined) continue;
    places.push(place);
    if (place.trust === 'line-endings') best += 1;
    // A second place at the best level decides: nothing can outdo two of them.
    if (best > 1) return places;
  }
  return places;
}

// Real files stay far below; a text of one line repeated would be compared for minutes. Then no place is certain.
const maxCompared = 1_000_000;

interface BlockLine {
  readonly index: number;
  readonly indent: string;
  readonly words: string;
  /** With trailing space. */
  readonly whole: string;
  /** Blank lines before it. */
  readonly gap: number;
}

interface Edges {
  /** Blank lines that the block begins with. */
  readonly before: number;
  readonly after: number;
}

function countEdges(block: string): Edges {
  const lines = block.split('\n');
  const isText = (line: string): boolean => trimSpace(line) !== '';
  return { before: lines.findIndex(isText), after: lines.length - 1 - lines.findLastIndex(isText) };
}

function readBlockLines(block: string): readonly BlockLine[] {
  const lines: BlockLine[] = [];
  let gap = 0;
  for (const whole of block.split('\n')) {
    const words = trimSpace(whole);
    if (words === '') gap += 1;
    else {
      lines.push({ index: lines.length, indent: whole.slice(0, whole.indexOf(words)), words, whole, gap });
      gap = 0;
    }
  }
  return lines;
}

function longest(lines: readonly BlockLine[]): BlockLine | undefined {
  return lines.reduce<BlockLine | undefined>(
    (best, line) => (best === undefined || line.words.length > best.words.length ? line : best),
    undefined,
  );
}

interface Pattern {
  readonly lines: readonly BlockLine[];
  readonly anchor: number;
  readonly work: { left: number };
}

interface FoundLine {
  /** Of the whole line. */
  readonly start: number;
  /** Without its line break, which may be \n or \r\n. */
  readonly end: number;
  readonly indent: string;
  readonly gap: number;
}

/** The block's lines in the text, when line number `anchor` has its words at `at`; undefined if its neighbours differ. */
function matchAround(
  text: string,
  at: number,
  { lines, anchor, work }: Pattern,
): readonly FoundLine[] | undefined {
  const middle = lineAround(text, at, lines[anchor]?.words ?? '');
  if (middle === undefined) return undefined;
  const found: FoundLine[] = [middle];
  let from = middle;
  for (let index = anchor - 1; index >= 0; index -= 1) {
    work.left -= 1;
    const above = lineAbove(text, from, lines[index]?.words ?? '');
    if (above === undefined) return undefined;
    // The blank lines between belong to the lower line.
    found[0] = { ...from, gap: above.gap };
    from = { ...above, gap: 0 };
    found.unshift(from);
  }
  from = middle;
  for (let index = anchor + 1; index < lines.length; index += 1) {
    work.left -= 1;
    const below = lineBelow(text, from, lines[index]?.words ?? '');
    if (below === undefined) return undefined;
    found.push(below);
    from = below;
  }
  return found;
}

interface Block extends Edges {
  readonly lines: readonly BlockLine[];
}

/** What the found lines are worth; undefined when they moved against each other. */
function judge(text: string, block: Block, found: readonly FoundLine[]): Place | undefined {
  const { lines } = block;
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const pairs = lines.map((line, index): IndentPair => ({
    search: line.indent,
    found: found[index]?.indent ?? '',
  }));
  const reindent = findReindent(pairs);
  if (reindent === undefined) return undefined;
  const span = extend(text, { start: first.start, end: last.end }, block);
  const sameGaps = lines.every((line, index) => index === 0 || line.gap === found[index]?.gap);
  if (span === undefined || !sameGaps) {
    return { start: first.start, end: last.end, reindent, withEdges: false, trust: 'blank-lines' };
  }
  const place = { ...span, reindent, withEdges: true };
  if (pairs.some(({ search, found: indent }) => search !== indent)) return { ...place, trust: 'indentation' };
  const sameLines = lines.every((line, index) => isWholeLine(text, line.whole, found[index]));
  return { ...place, trust: sameLines && gapsAreEmpty(text, found) ? 'line-endings' : 'trailing-space' };
}

function isWholeLine(text: string, whole: string, line: FoundLine | undefined): boolean {
  return line !== undefined && line.end - line.start === whole.length && text.startsWith(whole, line.start);
}

/** The span with the blank lines that the block has at its edges; undefined if the text has them not. */
function extend(
  text: string,
  span: { readonly start: number; readonly end: number },
  edges: Edges,
): typeof span | undefined {
  let { start, end } = span;
  for (let count = 0; count < edges.before; count += 1) {
    const above = start > 0 ? text.lastIndexOf('\n', start - 2) + 1 : -1;
    if (above < 0 || trimSpace(text.slice(above, start - 1)) !== '') return undefined;
    start = above;
  }
  for (let count = 0; count < edges.after; count += 1) {
    const from = nextLine(text, end);
    const below = endOfLine(text, from);
    if (from >= text.length || below === undefined) return undefined;
    end = below;
  }
  return { start, end };
}

/** Whether the blank lines inside hold nothing but line breaks. */
function gapsAreEmpty(text: string, found: readonly FoundLine[]): boolean {
  return found.every((line, index) => {
    const before = found[index - 1];
    return before === undefined || !/[^\r\n]/.test(text.slice(before.end, line.start));
  });
}

function lineAround(text: string, at: number, words: string): FoundLine | undefined {
  let start = at;
  while (start > 0 && isSpace(text.charCodeAt(start - 1))) start -= 1;
  if (start > 0 && text.charCodeAt(start - 1) !== 10) return undefined;
  const end = endOfLine(text, at + words.length);
  return end === undefined ? undefined : { start, end, indent: text.slice(start, at), gap: 0 };
}

/** The next line with text below, if it has these words. */
function lineBelow(text: string, above: FoundLine, words: string): FoundLine | undefined {
  let start = nextLine(text, above.end);
  let gap = 0;
  for (;;) {
    let at = start;
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
    if (at >= text.length) return undefined;
    if (text.charCodeAt(at) !== 10) {
      if (!text.startsWith(words, at)) return undefined;
      const end = endOfLine(text, at + words.length);
      return end === undefined ? undefined : { start, end, indent: text.slice(start, at), gap };
    }
    gap += 1;
    start = at + 1;
  }
}

/** The next line with text above, if it has these words; `gap` counts the blank lines between. */
function lineAbove(text: string, below: FoundLine, words: string): FoundLine | undefined {
  let at = below.start - 1;
  let breaks = 0;
  while (at >= 0 && (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 10)) {
    if (text.charCodeAt(at) === 10) breaks += 1;
    at -= 1;
  }
  const wordsStart = at + 1 - words.length;
  if (at < 0 || wordsStart < 0 || !text.startsWith(words, wordsStart)) return undefined;
  const line = lineAround(text, wordsStart, words);
  return line === undefined ? undefined : { ...line, gap: breaks - 1 };
}

/** The end of the line that has only white space from `at` on, without its line break; undefined if it has more. */
function endOfLine(text: string, at: number): number | undefined {
  let end = at;
  while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  if (end < text.length && text.charCodeAt(end) !== 10) return undefined;
  return end < text.length && end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
