import type { Span } from '../documents/span.ts';

/** Characters that nobody sees in an editor, side by side. */
export interface HiddenText {
  readonly span: Span;
  readonly codePoints: readonly number[];
  /** What the characters spell, when they are a known way to carry text; already free of unseen characters. */
  readonly decoded: string | undefined;
  /** Only wide or odd white space: it shows as a gap and can carry nothing. */
  readonly onlySpace: boolean;
}

/**
 * Finds text that a reader does not see and a model does. Left out is what scripts and emoji need: joiners and
 * selectors inside an emoji, joiners between two letters of a joining script, one direction mark beside a letter of a
 * right-to-left script, a BOM at the very start.
 */
export function findHiddenText(text: string): readonly HiddenText[] {
  if (isPlainAscii(text)) return nothing;
  const found: HiddenText[] = [];
  for (let at = nextSuspect(text, 0); at !== undefined && found.length < maxFound;) {
    unseenRun.lastIndex = at;
    const end = at + (unseenRun.exec(text)?.[0].length ?? 0);
    for (const span of removeAllowed(text, { start: at, end })) found.push(describe(text, span));
    at = nextSuspect(text, Math.max(end, at + 1));
  }
  return found;
}

const nothing: readonly HiddenText[] = [];

// V8 looks for up to sixteen characters at sixteen places at once, for more of them at one place after the other: two
// short classes take a tenth of the time of one long one.
const controls = /[\x00-\x08\x0B\x0C\x0E-\x12]/;
const moreControls = /[\x13-\x1F\x7F]/;
// Decided at once for a text of bytes, which holds no such character.
const beyondBytes = /[\u0100-\uFFFF]/;
const encoder = new TextEncoder();
const encoded = new Uint8Array(16_384);

/** Most files are: nothing but what a keyboard has, tabs and line breaks. */
function isPlainAscii(text: string): boolean {
  return !beyondBytes.test(text) && isAscii(text) && !controls.test(text) && !moreControls.test(text);
}

/** In UTF-8, only ASCII takes one byte a character. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += encoded.length) {
    const part = text.length <= encoded.length ? text : text.slice(at, at + encoded.length);
    if (encoder.encodeInto(part, encoded).written !== part.length) return false;
  }
  return true;
}

/** One is enough to block a file; a file that is full of them need not be read to its end. */
const maxFound = 1000;
// A quick look without the flag `u`, which costs ten times as much on a text that is not ASCII: everything below, and
// the first halves of pairs that could be. A test compares the two for every code point. The short class in front is
// what V8 runs over the text with; the long one is looked at for the few characters that it stops at.
const suspect = new RegExp(
  '[^\\t\\n\\r\\x20-\\x7E](?<=[' +
    '\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\xA0\\xAD\\u034F\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2' +
    '\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u2800\\u3164' +
    '\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uD804\\uD80D\\uD82F\\uD834\\uDB40-\\uDB43' +
    '])',
  'g',
);
const unseen =
  '[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\u2800\\u00A0\\u2028\\u2029\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F]';
const unseenRun = new RegExp(`${unseen}+`, 'uy');
const space = /^[\u00A0\u2028\u2029]+$/;

/** The next place that may hide something. */
function nextSuspect(text: string, from: number): number | undefined {
  suspect.lastIndex = from;
  return suspect.exec(text)?.index;
}

function removeAllowed(text: string, run: Span): readonly Span[] {
  const start = run.start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : run.start;
  if (start >= run.end) return [];
  const only = run.end - start === 1;
  if (only && isAllowedAlone(text, start)) return [];
  return isInsideEmoji(text, start, run.end) ? [] : [{ start, end: run.end }];
}

function isAllowedAlone(text: string, offset: number): boolean {
  const character = text[offset];
  const before = text.slice(Math.max(0, offset - 8), offset);
  const after = text.slice(offset + 1, offset + 9);
  switch (character) {
    case '\u200C':
    case '\u200D':
      return joinsBefore(before) && joinsAfter(after);
    case '\u200E':
    case '\u200F':
    case '\u061C':
      return rightToLeftBefore(before) || rightToLeftAfter(after);
    case '\uFE0F':
      return emojiBase.test(before) || (keycapBase.test(before) && after.startsWith('\u20E3'));
    default:
      return false;
  }
}

const joining = [
  ...['Arabic', 'Syriac', 'Mandaic', 'Mongolian', 'Nko', 'Phags_Pa', 'Adlam', 'Hanifi_Rohingya'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam'],
  ...['Sinhala', 'Khmer', 'Myanmar', 'Tibetan', 'Balinese', 'Javanese'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
const rightToLeft = ['Hebrew', 'Arabic', 'Syriac', 'Thaana', 'Nko', 'Adlam', 'Mandaic', 'Samaritan']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const joinsBefore = createTest(`(?=[\\p{L}\\p{M}])[${joining}]$`, 'u');
const joinsAfter = createTest(`^(?=[\\p{L}\\p{M}])[${joining}]`, 'u');
const rightToLeftBefore = createTest(`[${rightToLeft}]$`, 'u');
const rightToLeftAfter = createTest(`^[${rightToLeft}]`, 'u');
const emojiBase = /(?![#*0-9])\p{Emoji}$/u;
const keycapBase = /[#*0-9]$/;
// The flag `v` knows the sequences of the Unicode list, and a literal would need a newer target.
const isListed = createTest('^\\p{RGI_Emoji}$', 'v');
const taggedFlag = /\u{1F3F4}[\u{E0020}-\u{E007F}]+/gu;
const joinedEmoji =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)+/gu;
const longestEmoji = 40;

/** Joiner, selector, and the first half of the tags. */
const partOfEmoji = /\u200D|\uFE0F|\uDB40/;

/** Whether the run lies inside one emoji of the Unicode list: a family, a flag, a heart on fire. */
function isInsideEmoji(text: string, start: number, end: number): boolean {
  if (!partOfEmoji.test(text.slice(start, end))) return false;
  const from = Math.max(0, start - longestEmoji);
  const near = text.slice(from, end + longestEmoji);
  const covers = (match: RegExpMatchArray): boolean =>
    from + (match.index ?? 0) < start && from + (match.index ?? 0) + match[0].length >= end;
  const emoji = [...near.matchAll(joinedEmoji), ...near.matchAll(taggedFlag)].find(covers)?.[0];
  return emoji !== undefined && (isListed(emoji) || isListed(qualify(emoji)));
}

/** Built when first asked for: the tables of Unicode cost more than all else at a start, and few files need them. */
function createTest(source: string, flags: string): (text: string) => boolean {
  let pattern: RegExp | undefined;
  return (text) => (pattern ??= new RegExp(source, flags)).test(text);
}

/** Many editors write an emoji without its selectors; the list holds the fully qualified form. */
function qualify(emoji: string): string {
  return emoji.replace(
    /(\p{Extended_Pictographic})(\p{Emoji_Modifier})?\uFE0F?/gu,
    (_, base: string, modifier: string | undefined) =>
      base + (modifier ?? (/\p{Emoji_Presentation}/u.test(base) ? '' : '\uFE0F')),
  );
}

function describe(text: string, span: Span): HiddenText {
  const hidden = text.slice(span.start, span.end);
  const codePoints = Array.from(hidden, (character) => character.codePointAt(0) ?? 0);
  return { span, codePoints, decoded: decode(codePoints), onlySpace: space.test(hidden) };
}

/** Tag characters spell ASCII; variation selectors have been used to spell bytes. */
function decode(codePoints: readonly number[]): string | undefined {
  const characters = codePoints.map(decodeOne).filter((code) => code !== undefined);
  if (characters.length < 2) return undefined;
  return String.fromCharCode(...characters.slice(0, 200)).replace(/[^\x20-\x7E]/g, '.');
}

function decodeOne(code: number): number | undefined {
  if (code >= 0xe0020 && code <= 0xe007e) return code - 0xe0000;
  if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00;
  if (code >= 0xe0100 && code <= 0xe01ef) return code - 0xe0100 + 16;
  return undefined;
}
