import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from '../reading/findQuoteEnd.ts';
import { blockReaders, frontmatterReaders } from '../reading/keyReaders.ts';
import { scanKeys, type KeyEntry } from '../reading/scanKeys.ts';

/** The lines of a rule file that hold keys: the inside of its frontmatter or of a `<rule>` block. */
export interface KeyRegion {
  readonly text: string;
  readonly inner: Span;
  readonly entries: readonly KeyEntry[];
  /** Lines that are neither a key nor a part of a value. */
  readonly stray: readonly Span[];
}

const frontmatterKeys: ReadonlySet<string> = new Set(Object.keys(frontmatterReaders));
const blockKeys: ReadonlySet<string> = new Set(Object.keys(blockReaders));

export function readFrontmatterRegion(text: string, inner: Span): KeyRegion {
  return { text, inner, ...scanKeys(text, inner, { known: frontmatterKeys, lenient: false }) };
}

export function readBlockRegion(text: string, inner: Span): KeyRegion {
  return { text, inner, ...scanKeys(text, inner, { known: blockKeys, lenient: true }) };
}

/** The first entry of that name: of two, the later one is not read. */
export function findEntry({ entries }: KeyRegion, key: string): KeyEntry | undefined {
  return entries.find((entry) => entry.key === key);
}

/** The value as it is written, quotes and brackets included, a comment behind it not. */
export function findValueSpan(text: string, { value }: KeyEntry): Span {
  const raw = text.slice(value.start, value.end);
  if (/[\n\r]/.test(raw)) return value;
  return { start: value.start, end: value.start + withoutComment(raw).length };
}

/** A `#` behind white space begins a comment where it stands outside of quotes. */
function withoutComment(raw: string): string {
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at];
    const opens = at === 0 || /[\s,[]/.test(raw[at - 1] ?? '');
    if (opens && (character === '"' || character === "'")) at = findQuoteEnd(raw, at) ?? at;
    else if (character === '#' && isComment(raw, at)) return raw.slice(0, at).trimEnd();
  }
  return raw;
}

function isComment(raw: string, at: number): boolean {
  return /^(?:\s|$)/.test(raw.slice(at + 1, at + 2)) && (at === 0 || /\s/.test(raw[at - 1] ?? ''));
}

/** From the first character of the entry's line to the start of the line below its value. */
export function findEntryLines(text: string, entry: KeyEntry): Span {
  const start = findLineStart(text, entry.keySpan.start);
  return { start, end: findNextLine(text, Math.max(entry.value.end, entry.keySpan.end)) };
}

export function findLineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return text.charCodeAt(0) === 0xfeff && at === 0 ? 1 : at;
}

function findNextLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return Math.min(at + 1, text.length);
}
