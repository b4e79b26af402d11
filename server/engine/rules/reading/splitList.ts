import type { Located, Span } from '../../documents/span.ts';
import { findQuoteEnd } from './findQuoteEnd.ts';
import { unescapeQuoted } from './readScalar.ts';
import type { KeyEntry } from './scanKeys.ts';
import { trimSpan } from './scanKeys.ts';

export interface SplitList {
  readonly items: readonly Located<string>[];
  readonly faults: readonly Located<string>[];
}

/**
 * Reads every way in which a list is written: `a, b`, `"a,b"`, `"a", "b"`, `["a", b]`, `[*.ts]`, `["a"], "b"`, one entry
 * a line with dashes, or nothing. Commas inside `{…}` and `[…]` do not split.
 */
export function splitList(text: string, entry: KeyEntry): SplitList {
  const list: ListReading = { text, items: [], faults: [], isInside: false };
  const value = withoutHeader(text, entry.value);
  const raw = text.slice(value.start, value.end);
  if (raw === '~' || raw === 'null') return list;
  if (entry.below && raw.startsWith('-') && /^-(?:\s|$)/.test(raw)) splitDashes(list, value);
  else if (lacksOuterQuotes(raw)) splitAtQuotes(list, value);
  else splitCommas(list, withoutBrackets(text, value));
  return list;
}

/** `a", "b`: a form of settings took the outer pair for quotes around the whole. */
function lacksOuterQuotes(raw: string): boolean {
  return (
    /^[^"'\s[{#][^"'#\n\r]*"[ \t]*,[ \t]*"[^#\n\r]*[^"'\]\s]$/.test(raw) && raw.split('"').length % 2 === 1
  );
}

function splitAtQuotes(list: ListReading, value: Span): void {
  let at = value.start;
  for (const part of list.text.slice(value.start, value.end).split('"')) {
    const item = trimSpan(list.text, { start: at, end: at + part.length });
    const written = list.text.slice(item.start, item.end);
    if (written !== ',' && written !== '') list.items.push({ value: written, span: item });
    at += part.length + 1;
  }
}

interface ListReading {
  readonly text: string;
  readonly items: Located<string>[];
  readonly faults: Located<string>[];
  /** In one of several lists in brackets; those do not nest. */
  isInside: boolean;
}

/** `|` or `>` before lines of entries. */
function withoutHeader(text: string, value: Span): Span {
  const first = text[value.start];
  if (first !== '|' && first !== '>') return value;
  const header = /^[|>][+-]?\d?[ \t]*[\n\r]+/.exec(text.slice(value.start, value.end))?.[0] ?? '';
  return trimSpan(text, { start: value.start + header.length, end: value.end });
}

/** The inside of a list in brackets; a value that merely begins with a character class, or with one of several lists, keeps them. */
function withoutBrackets(text: string, value: Span): Span {
  if (text[value.start] !== '[') return value;
  const raw = text.slice(value.start, value.end).replace(/[ \t]#[ \t].*$/, '');
  if (!raw.trimEnd().endsWith(']')) return value;
  const last = value.start + raw.trimEnd().length - 1;
  const close = findBracketEnd(text, value.start, value.end);
  return close === undefined || close === last ? { start: value.start + 1, end: last } : value;
}

/** Offset of the bracket that closes the one at `open`; those in quotes around an entry are text. */
function findBracketEnd(text: string, open: number, limit: number): number | undefined {
  let depth = 0;
  let opensEntry = false;
  for (let at = open; at < limit; at += 1) {
    const character = text[at] ?? '';
    if (opensEntry && (character === '"' || character === "'")) at = findQuoteEnd(text, at, limit) ?? at;
    else if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    if (depth === 0) return at;
    if (!/\s/.test(character)) opensEntry = character === ',' || character === '[';
  }
  return undefined;
}

function splitDashes(list: ListReading, value: Span): void {
  const raw = list.text.slice(value.start, value.end);
  for (const match of raw.matchAll(/(?:^|[\n\r])[ \t]*(-(?:[ \t]+|(?=[\n\r]|$)))?([^\n\r]*)/g)) {
    const end = value.start + match.index + match[0].length;
    const content = trimSpan(list.text, { start: end - (match[2]?.length ?? 0), end });
    const isBlank = content.start === content.end || list.text[content.start] === '#';
    if (isBlank) continue;
    if (match[1] === undefined)
      list.faults.push({ value: 'is no entry of the list: begin it with `- `', span: content });
    else splitCommas(list, withoutBrackets(list.text, content));
  }
}

function splitCommas(list: ListReading, span: Span): void {
  for (let at = span.start; at < span.end;) {
    const character = list.text[at] ?? '';
    if (character === ',' || character === ' ' || /\s/.test(character)) at += 1;
    else if (character === '#' && /\s|^$/.test(list.text[at + 1] ?? ''))
      at = findLineEnd(list.text, at, span.end);
    else at = readItem(list, at, span.end);
  }
}

function findLineEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

/** Reads one item and returns where it ends. */
function readItem(list: ListReading, start: number, limit: number): number {
  const quote = list.text[start];
  if (quote === '[' && !list.isInside) return readBracketed(list, start, limit);
  if (quote !== '"' && quote !== "'") return readPlain(list, start, limit);
  const close = findQuoteEnd(list.text, start, limit);
  if (close === undefined) {
    list.faults.push({
      value: `has a \`${quote}\` that is not closed`,
      span: trimSpan(list.text, { start, end: limit }),
    });
    return limit;
  }
  if (!endsItem(list.text, close + 1, limit)) return readPlain(list, start, limit);
  readQuotedItems(list, { start: start + 1, end: close }, quote);
  return close + 1;
}

/** A list in brackets among other entries; brackets with more behind them, or around mere letters, are a character class. */
function readBracketed(list: ListReading, start: number, limit: number): number {
  const close = findBracketEnd(list.text, start, findLineEnd(list.text, start, limit));
  const isList = close !== undefined && endsItem(list.text, close + 1, limit);
  if (!isList || !/["'*,./]/.test(list.text.slice(start, close))) return readPlain(list, start, limit);
  list.isInside = true;
  splitCommas(list, { start: start + 1, end: close });
  list.isInside = false;
  return close + 1;
}

/** Whether nothing but blanks stands before the next comma, comment or line. */
function endsItem(text: string, from: number, limit: number): boolean {
  let at = from;
  while (at < limit && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at === limit || /[,#\n\r]/.test(text[at] ?? '');
}

/** One pair of quotes around several entries is common: `"*.ts,*.tsx"`. */
function readQuotedItems(list: ListReading, span: Span, quote: string): void {
  for (let at = span.start; at < span.end;) {
    const end = findItemEnd(list.text, at, span.end);
    const item = trimSpan(list.text, { start: at, end });
    const value = unescapeQuoted(list.text.slice(item.start, item.end), quote);
    if (value !== '') list.items.push({ value, span: item });
    at = end + 1;
  }
}

function readPlain(list: ListReading, start: number, limit: number): number {
  const end = findItemEnd(list.text, start, limit);
  const written = list.text.slice(start, end);
  const raw = written.includes('#') ? written.replace(/[ \t]#(?:[ \t].*)?$/, '') : written;
  const span = trimSpan(list.text, { start, end: start + raw.length });
  list.items.push({ value: list.text.slice(span.start, span.end), span });
  return end;
}

/** Up to the comma or line break that ends the item. */
function findItemEnd(text: string, start: number, limit: number): number {
  let braces = 0;
  let classes = 0;
  for (let at = start; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    if (code === 123) braces += 1;
    else if (code === 125) braces -= 1;
    else if (code === 91) classes += 1;
    else if (code === 93) classes -= 1;
    else if (code === 44 && braces <= 0 && classes <= 0) return at;
  }
  return limit;
}
