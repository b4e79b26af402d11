import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from './findQuoteEnd.ts';
import { readLine, type Line } from '../../documents/readLine.ts';

/** A `key: value` with the lines that belong to it. */
export interface KeyEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** From the first character of the value to the end of its last line with content; empty when there is no value. */
  readonly value: Span;
  /** The value begins on a line below its key. */
  readonly below: boolean;
}

export interface ScannedKeys {
  readonly entries: readonly KeyEntry[];
  /** Lines that are neither a key nor a part of a value. */
  readonly stray: readonly Span[];
}

export interface ScanOptions {
  /** Keys that are known even without a space after the colon. */
  readonly known: ReadonlySet<string>;
  /** Lines at the keys' own column that are no key belong to the value above, as in a message that was not indented. */
  readonly lenient: boolean;
}

/** Splits frontmatter or a block into its keys. Reads lines only: what the values mean is not looked at. */
export function scanKeys(text: string, region: Span, options: ScanOptions): ScannedKeys {
  const scan: Scan = { text, region, options, base: undefined, openBrackets: 0, entries: [], stray: [] };
  for (let at = region.start; at < region.end;) {
    const line = readLine(text, at, region.end);
    scanLine(scan, line);
    at = line.next;
  }
  return { entries: scan.entries, stray: scan.stray };
}

interface Scan {
  readonly text: string;
  readonly region: Span;
  readonly options: ScanOptions;
  /** Column of the keys; undefined before the first of them. */
  base: number | undefined;
  /** In the value of the last key so far, where it begins with one. */
  openBrackets: number;
  readonly entries: KeyEntry[];
  readonly stray: Span[];
}

const hash = 35;
const dash = 45;
const colon = 58;
const openBracket = 91;
const openBrace = 123;
const doubleQuote = 34;
const singleQuote = 39;

function scanLine(scan: Scan, line: Line): void {
  const indent = countIndent(scan.text, line);
  if (line.start + indent === line.end) return;
  const isComment = scan.text.charCodeAt(line.start + indent) === hash;
  if (scan.base === undefined) {
    if (isComment) return;
    scan.base = indent;
  }
  const current = scan.entries[scan.entries.length - 1];
  if (indent > scan.base && current !== undefined) {
    // A comment between a key and its list is no part of the value.
    if (isComment && current.value.start === current.value.end) return;
    return extend(scan, line, current);
  }
  const { text } = scan;
  const start = line.start + indent;
  if (isComment || text.startsWith('```', start)) return;
  if (current !== undefined && continues(scan, { start, end: line.end }, current))
    return extend(scan, line, current);
  const key = readKey(text, { start, end: line.end }, scan.options.known);
  if (key !== undefined && !isProse(scan, key, line)) {
    const entry = startEntry(text, line, key);
    scan.entries.push(entry);
    scan.openBrackets = isBracketed(text, entry) ? countOpen(text, key.valueStart, line.end) : 0;
  } else if (scan.options.lenient && current !== undefined) extend(scan, line, current);
  else scan.stray.push(trimSpan(text, { start, end: line.end }));
}

/** `Note: …` in a message that lost its indentation; keys of rules are lower case, or have keys or entries below them. */
function isProse({ text, region, options, entries }: Scan, key: FoundKey, line: Line): boolean {
  const isPlain = options.known.has(key.name) || /^[a-z_]+$/.test(key.name);
  if (!options.lenient || entries.length === 0 || isPlain) return false;
  if (text.slice(key.valueStart, line.end).trim() !== '') return true;
  const next = readLine(text, line.next, region.end);
  return !nestedKey.test(text.slice(next.start, next.end));
}

const nestedKey = /^[ \t]+(?:-[ \t]+)?[\p{L}_]+:(?:[ \t]|$)/u;

function countIndent(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && isBlank(text.charCodeAt(at))) at += 1;
  return at - line.start;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** A line at the keys' column may still go on with a list or with brackets that are open. */
function continues({ text, openBrackets }: Scan, content: Span, { value, below }: KeyEntry): boolean {
  if (isDash(text, content))
    return value.start === value.end || (below && text.charCodeAt(value.start) === dash);
  return openBrackets > 0;
}

function isBracketed(text: string, { value }: KeyEntry): boolean {
  const first = text.charCodeAt(value.start);
  return first === openBracket || first === openBrace;
}

/** `- ` or a dash alone. */
function isDash(text: string, { start, end }: Span): boolean {
  if (text.charCodeAt(start) !== dash) return false;
  return start + 1 === end || text.slice(start + 1, start + 2).trim() === '';
}

/** Brackets that the text opens beyond those that it closes; those in quotes are text. */
function countOpen(text: string, start: number, end: number): number {
  let open = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if ((code === doubleQuote || code === singleQuote) && beginsEntry(text, start, at))
      at = findQuoteEnd(text, at, end) ?? at;
    else if (code === 91 || code === 123) open += 1;
    else if (code === 93 || code === 125) open -= 1;
  }
  return open;
}

/** A quote elsewhere is a part of a word, as in `it's`. */
function beginsEntry(text: string, start: number, at: number): boolean {
  let before = at - 1;
  while (before >= start && isBlank(text.charCodeAt(before))) before -= 1;
  return before < start || '[{,:'.includes(text[before] ?? '');
}

function extend(scan: Scan, line: Line, current: KeyEntry): void {
  const start = line.start + countIndent(scan.text, line);
  const { end } = trimSpan(scan.text, { start, end: line.end });
  const isEmpty = current.value.start === current.value.end;
  const value = { start: isEmpty ? start : current.value.start, end };
  const entry = { ...current, value, below: current.below || isEmpty };
  scan.entries[scan.entries.length - 1] = entry;
  if (isBracketed(scan.text, entry)) scan.openBrackets += countOpen(scan.text, start, end);
}

interface FoundKey {
  readonly name: string;
  /** Of the name, without quotes. */
  readonly span: Span;
  readonly valueStart: number;
}

function readKey(text: string, line: Span, known: ReadonlySet<string>): FoundKey | undefined {
  return readPlainKey(text, line) ?? readOddKey(text.slice(line.start, line.end), line.start, known);
}

/** `key: value` with nothing special about it, as nearly all are. */
function readPlainKey(text: string, line: Span): FoundKey | undefined {
  let at = line.start;
  while (at < line.end && isLetter(text.charCodeAt(at))) at += 1;
  if (at === line.start || at === line.end || text.charCodeAt(at) !== colon) return undefined;
  if (at + 1 < line.end && !isBlank(text.charCodeAt(at + 1))) return undefined;
  return { name: text.slice(line.start, at), span: { start: line.start, end: at }, valueStart: at + 1 };
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

const keyPattern = /^(?:"([^"\s]*)"|'([^'\s]*)'|([^\s:#"'\-?[\]{}&*!|>%@`,][^\s:]*))[ \t]*:(?=[ \t]|$)/;
const tightPattern = /^([A-Za-z]+)[ \t]*:/;

/** `offset`: where `content` stands in the text. */
function readOddKey(content: string, offset: number, known: ReadonlySet<string>): FoundKey | undefined {
  const match = keyPattern.exec(content);
  if (match === null) return readTightKey(content, offset, known);
  const quoted = match[1] ?? match[2];
  const name = quoted ?? match[3] ?? '';
  const start = offset + (quoted === undefined ? 0 : 1);
  return { name, span: { start, end: start + name.length }, valueStart: offset + match[0].length };
}

/** `globs:*.ts`: to YAML no key at all, to everybody else one. */
function readTightKey(content: string, offset: number, known: ReadonlySet<string>): FoundKey | undefined {
  const match = tightPattern.exec(content);
  const name = match?.[1];
  if (match === null || name === undefined || !known.has(name)) return undefined;
  const span = { start: offset, end: offset + name.length };
  return { name, span, valueStart: offset + match[0].length };
}

function startEntry(text: string, line: Line, key: FoundKey): KeyEntry {
  const value = trimSpan(text, { start: key.valueStart, end: line.end });
  const isComment =
    text.charCodeAt(value.start) === hash && /^#(?:\s|$)/.test(text.slice(value.start, value.end));
  return {
    key: key.name,
    keySpan: key.span,
    value: isComment ? { start: value.start, end: value.start } : value,
    below: false,
  };
}

/** Without the white space at both ends; an empty span stays where it began. */
export function trimSpan(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === end ? { start: span.start, end: span.start } : { start, end };
}

function isSpace(code: number): boolean {
  return isBlank(code) || code === 10 || code === 13;
}
