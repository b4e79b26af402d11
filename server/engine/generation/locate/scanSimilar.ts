import { alignLines, scoreMatches, weigh, type Anchor, type Matches } from './alignLines.ts';
import { findReindent, type Reindent } from './reindent.ts';
import { isSpace, trimSpace } from './whiteSpace.ts';

/** A place that has most of a block's lines, in its order. */
export interface SimilarPlace {
  /** Of the first line that both have, to the end of the last one without its line break. */
  readonly start: number;
  readonly end: number;
  readonly reindent: Reindent;
  /** For each line of the block with words the one of the place, counted among its lines with words from `start` on. */
  readonly matches: Matches;
}

/** A place is believed from here on, and only if no other one comes near. */
const leastScore = 0.7;
const leastMargin = 0.15;
/** The part of the block that lines have to make up which stand nowhere else in the text. */
const leastUnique = 0.5;
const leastTellingChars = 24;
// A line that stands at more places than this tells nothing about where the block is.
const maxOccurrences = 40;
const maxAnchors = 10;
/** Compared lines of all places together; real files stay far below. */
const maxWork = 3_000_000;

/**
 * The one place that has most of a block's lines; undefined: none has, or several are too equal to choose one. For when a
 * line or two are not as the model remembers them. The text is
 * not split: the block's longest lines are looked up, and only what stands around them is compared.
 */
export function scanSimilar(text: string, block: string): SimilarPlace | undefined {
  const lines = block
    .split('\n')
    .map((whole): BlockLine => {
      const words = trimSpace(whole);
      return { words, indent: whole.slice(0, whole.indexOf(words)) };
    })
    .filter(({ words }) => words !== '');
  const words = lines.map((line) => line.words);
  if (words.length < 3) return undefined;
  const { tries, unseen, unique } = collectTries(text, words);
  const places = tries && judgeTries(text, lines, tries);
  const [best, second] = places ?? [];
  if (best?.reindent === undefined) return undefined;
  // A place that shares only lines which are everywhere was not looked at, so the best one has to outdo that too.
  const rival = Math.max(second?.score ?? 0, unseen);
  if (best.score < leastScore || best.score - rival < leastMargin) return undefined;
  const telling = words.filter((_, line) => unique.has(line) && best.matches[line] !== undefined);
  if (weighAll(telling) < leastUnique * weighAll(words)) return undefined;
  const { start, end, reindent, matches } = best;
  return { start, end, reindent, matches };
}

interface BlockLine {
  readonly words: string;
  readonly indent: string;
}

/** A line of the block as it was seen in the text. */
interface Try {
  readonly line: number;
  /** Where its words begin. */
  readonly at: number;
}

interface Tries {
  /** undefined: nothing can be told of so many. */
  readonly tries: readonly Try[] | undefined;
  /** The most that a place can share that has none of these lines. */
  readonly unseen: number;
  /** Lines of the block that stand at one place of the text. */
  readonly unique: ReadonlySet<number>;
}

function collectTries(text: string, words: readonly string[]): Tries {
  const byLength = words
    .map((_, line) => line)
    .toSorted((a, b) => (words[b]?.length ?? 0) - (words[a]?.length ?? 0));
  const tries: Try[] = [];
  const looked = new Set<number>();
  const seen = new Set<string>();
  const unique = new Set<number>();
  for (const line of byLength) {
    const wanted = words[line] ?? '';
    if (looked.size >= maxAnchors) break;
    if (seen.has(wanted)) {
      looked.add(line);
      continue;
    }
    const found = findWholeLines(text, wanted);
    if (found === undefined) continue;
    seen.add(wanted);
    looked.add(line);
    if (found.length === 1) unique.add(line);
    tries.push(...found.map((at) => ({ line, at })));
  }
  const left = words.filter((_, line) => !looked.has(line));
  return {
    tries: looked.size === 0 ? undefined : tries,
    unseen: weighAll(left) / weighAll(words),
    unique,
  };
}

function weighAll(words: readonly string[]): number {
  return words.reduce((sum, each) => sum + weigh(each), 0);
}

/** Where lines with exactly these words begin to have them; undefined: at too many places. */
function findWholeLines(text: string, words: string): readonly number[] | undefined {
  const found: number[] = [];
  let looked = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    looked += 1;
    if (looked > maxOccurrences * 4) return undefined;
    if (!isWholeLine(text, at, words.length)) continue;
    found.push(at);
    if (found.length > maxOccurrences) return undefined;
  }
  return found;
}

function isWholeLine(text: string, at: number, length: number): boolean {
  let start = at;
  while (start > 0 && isSpace(text.charCodeAt(start - 1))) start -= 1;
  if (start > 0 && text.charCodeAt(start - 1) !== 10) return false;
  let end = at + length;
  while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  return end === text.length || text.charCodeAt(end) === 10;
}

interface Judged extends Omit<SimilarPlace, 'reindent'> {
  readonly score: number;
  /** undefined: the lines moved against each other. */
  readonly reindent: Reindent | undefined;
  /** Which lines of the block stand where in the text. */
  readonly pairs: readonly string[];
}

/** The places apart from one another, best first; undefined: there is too much to compare. */
function judgeTries(
  text: string,
  lines: readonly BlockLine[],
  tries: readonly Try[],
): readonly Judged[] | undefined {
  const words = lines.map((line) => line.words);
  const slack = 3 + Math.ceil(words.length / 4);
  const judged: Judged[] = [];
  const known = new Set<string>();
  let work = 0;
  for (const { line, at } of tries) {
    // Another line of the same place led to it before, with the same alignment.
    if (known.has(pairKey(line, at))) continue;
    const window = readWindow(text, at, { above: line + slack, below: words.length - line + slack });
    work += words.length * window.lines.length;
    if (work > maxWork) return undefined;
    const place = judge(lines, window, { line, at: window.anchor });
    if (place === undefined) continue;
    judged.push(place);
    for (const pair of place.pairs) known.add(pair);
  }
  const apart: Judged[] = [];
  for (const place of judged.toSorted((a, b) => b.score - a.score || a.start - b.start))
    if (apart.every((other) => place.end <= other.start || other.end <= place.start)) apart.push(place);
  return apart;
}

function pairKey(line: number, at: number): string {
  return `${line}@${at}`;
}

interface TextLine {
  readonly start: number;
  /** Without its line break. */
  readonly end: number;
  readonly words: string;
  readonly indent: string;
}

interface Window {
  readonly lines: readonly TextLine[];
  /** The line that led here. */
  readonly anchor: number;
}

/** Lines with words around a place. */
function readWindow(
  text: string,
  at: number,
  size: { readonly above: number; readonly below: number },
): Window {
  const above: TextLine[] = [];
  const start = text.lastIndexOf('\n', at) + 1;
  for (let end = start - 1; end >= 0 && above.length < size.above;) {
    // Searching back from before the text would look at its first character once more.
    const from = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    addLine(above, text, from, end);
    end = from - 1;
  }
  const below: TextLine[] = [];
  for (let from = start; from <= text.length && below.length <= size.below;) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    addLine(below, text, from, end);
    from = end + 1;
  }
  return { lines: [...above.toReversed(), ...below], anchor: above.length };
}

function addLine(lines: TextLine[], text: string, start: number, end: number): void {
  const whole = text.slice(start, end);
  const words = trimSpace(whole);
  if (words === '') return;
  const bare = whole.endsWith('\r') ? end - 1 : end;
  lines.push({ start, end: bare, words, indent: whole.slice(0, whole.indexOf(words)) });
}

function judge(lines: readonly BlockLine[], window: Window, anchor: Anchor): Judged | undefined {
  const words = lines.map((each) => each.words);
  const place = window.lines.map((each) => each.words);
  const matches = alignLines(words, place, anchor);
  const pairs = matches.flatMap((match, index) => {
    const found = match === undefined ? undefined : window.lines[match];
    return found === undefined ? [] : [{ index, indent: lines[index]?.indent ?? '', found }];
  });
  const [first] = pairs;
  const last = pairs.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const telling = pairs.reduce((sum, { found }) => sum + found.words.length, 0);
  if (telling < leastTellingChars || isTooOdd(words.length, pairs.length)) return undefined;
  const height =
    (matches.findLast((match) => match !== undefined) ?? 0) -
    (matches.find((match) => match !== undefined) ?? 0) +
    1;
  if (isTooOdd(height, pairs.length)) return undefined;
  const base = matches.find((match) => match !== undefined) ?? 0;
  return {
    start: first.found.start,
    end: last.found.end,
    matches: matches.map((match) => (match === undefined ? undefined : match - base)),
    score: scoreMatches(words, place, matches),
    pairs: pairs.map(({ index, found }) => pairKey(index, found.start + found.indent.length)),
    reindent: findReindent(pairs.map(({ indent, found }) => ({ search: indent, found: found.indent }))),
  };
}

/** Whether more than a quarter of some lines has no counterpart. */
function isTooOdd(lines: number, matched: number): boolean {
  return (lines - matched) * 4 > lines;
}
