import { readUnit } from './translateEscape.ts';

/**
 * Texts of which at least one stands in every match of a pattern, at most 16; undefined when none are known. To look
 * for them is many times cheaper than to run the pattern. `source` is valid JavaScript without the flags `u` and `v`.
 */
export function requiredTexts(source: string, flags: string): readonly string[] | undefined {
  // What folds onto a letter need not hold the letter.
  if (flags.includes('i')) return undefined;
  const { texts, end } = readAlternatives(source, 0, 0);
  return end === source.length ? texts : undefined;
}

/** What is required by the part of a pattern that ends at `end`. */
interface Required {
  readonly texts: readonly string[] | undefined;
  /** Beyond the source when nothing can be said about the pattern at all. */
  readonly end: number;
}

const maxTexts = 16;
const maxDepth = 50;
const nothing: Required = { texts: undefined, end: Number.POSITIVE_INFINITY };

/** Alternatives up to the `)` of their group or the end; each has to require something. */
function readAlternatives(source: string, start: number, depth: number): Required {
  if (depth > maxDepth) return nothing;
  let texts: readonly string[] | undefined = [];
  let at = start;
  for (;;) {
    const one = readSequence(source, at, depth);
    texts = one.texts === undefined || texts === undefined ? undefined : [...texts, ...one.texts];
    if (texts !== undefined && texts.length > maxTexts) texts = undefined;
    if (source[one.end] !== '|') return { texts, end: one.end };
    at = one.end + 1;
  }
}

/** Things one behind the other: the best that any of them requires. Letters side by side are one text. */
function readSequence(source: string, start: number, depth: number): Required {
  let best: readonly string[] | undefined;
  let run = '';
  const take = (texts: readonly string[] | undefined): void => {
    if (isBetter(texts, best)) best = texts;
  };
  let at = start;
  while (at < source.length && source[at] !== '|' && source[at] !== ')') {
    const part = readPart(source, at, depth);
    const quantifier = readQuantifier(source, part.end);
    if (part.letter === undefined || quantifier.length > 0) {
      // A letter that is repeated ends the text: behind it stands the letter again, or what follows.
      const last = part.letter !== undefined && quantifier.least > 0 ? part.letter : '';
      take([run + last]);
      run = '';
    } else run += part.letter;
    if (quantifier.least > 0) take(part.texts);
    at = part.end + quantifier.length;
  }
  take([run]);
  return { texts: best, end: at };
}

/** The shortest text counts, since any of them may be the one that is there. */
function isBetter(
  texts: readonly string[] | undefined,
  than: readonly string[] | undefined,
): texts is readonly string[] {
  if (texts === undefined) return false;
  const shortest = shortestOf(texts);
  const other = than === undefined ? 1 : shortestOf(than);
  return shortest > other || (shortest === other && texts.length < (than?.length ?? 0));
}

function shortestOf(texts: readonly string[]): number {
  return Math.min(...texts.map((text) => text.length));
}

interface Part extends Required {
  /** The one code unit that the part stands for. */
  readonly letter: string | undefined;
}

function readPart(source: string, at: number, depth: number): Part {
  const other = (end: number, texts?: readonly string[]): Part => ({ letter: undefined, texts, end });
  const symbol = source[at] ?? '';
  if (symbol === '(') {
    const group = readGroup(source, at, depth);
    return other(group.end, group.texts);
  }
  if (symbol === '[') return other(endOfClass(source, at));
  if (symbol === '.' || symbol === '^' || symbol === '$') return other(at + 1);
  if (symbol !== '\\') return { letter: symbol, texts: undefined, end: at + 1 };
  const escaped = source[at + 1] ?? '';
  if (/[dDwWsSbB]/.test(escaped)) return other(at + 2);
  // References, and octal numbers, which other things decide.
  if (/[0-9k]/.test(escaped)) return other(nothing.end);
  const { code, end } = readUnit(source, at);
  return { letter: String.fromCharCode(code), texts: undefined, end };
}

function readGroup(source: string, open: number, depth: number): Required {
  const head = /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(source.slice(open, open + 80))?.[0] ?? '(';
  if (head === '(' && source[open + 1] === '?') return nothing;
  const inner = readAlternatives(source, open + head.length, depth + 1);
  // What looks around takes no part in the match, and may forbid what it names.
  const looks = /[=!]$/.test(head);
  return { texts: looks ? undefined : inner.texts, end: inner.end + 1 };
}

function endOfClass(source: string, open: number): number {
  let at = open + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** `length` 0: there is none, and the part stands there once. */
function readQuantifier(source: string, at: number): { readonly length: number; readonly least: number } {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at, at + 40));
  if (found === null) return { length: 0, least: 1 };
  const least = found[1] === undefined ? (found[0].startsWith('+') ? 1 : 0) : Number(found[1]);
  return { length: found[0].length, least };
}
