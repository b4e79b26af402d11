import type { Span } from '../../documents/span.ts';
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
  const scan: Scan = { text, options, base: undefined, openBrackets: 0, entries: [], stray: [] };
  for (let at = region.start; at < region.end;) {
    const line = readLine(text, at, region.end);
    scanLine(scan, line);
    at = line.next;
  }
  return { entries: scan.entries, stray: scan.stray };
}

interface Scan {
  readonly text: string;
  readonly options: ScanOptions;
  /** Column of the keys; undefined before the first of them. */
  base: number | undefined;
  /** In the value of the last key so far. */
  openBrackets: number;
  readonly entries: KeyEntry[];
  readonly stray: Span[];
}

function scanLine(scan: Scan, line: Line): void {
  const indent = countIndent(scan.text, line);
  if (line.start + indent === line.end) return;
  const content = scan.text.slice(line.start + indent, line.end);
  const isComment = content.startsWith('#');
  if (scan.base === undefined) {
    if (isComment) return;
    scan.base = indent;
  }
  const current = scan.entries.at(-1);
  if (indent > scan.base && current !== undefined) {
    // A comment between a key and its list is no part of the value.
    if (isComment && current.value.start === current.value.end) return;
    return extend(scan, line, current);
  }
  if (isComment || content.startsWith('```')) return;
  if (current !== undefined && continues(scan, content, current)) return extend(scan, line, current);
  const key = readKey(content, scan.options.known);
  if (key !== undefined && !isProse(scan, key)) {
    scan.entries.push(startEntry(scan.text, { line, indent, key }));
    scan.openBrackets = countOpen(content.slice(key.valueStart));
  } else if (scan.options.lenient && current !== undefined) extend(scan, line, current);
  else scan.stray.push(trimSpan(scan.text, { start: line.start + indent, end: line.end }));
}

/** `Note: …` in a message that lost its indentation; keys of rules are lower case. */
function isProse({ options, entries }: Scan, key: FoundKey): boolean {
  return options.lenient && entries.length > 0 && !options.known.has(key.name) && !/^[a-z_]+$/.test(key.name);
}

function countIndent(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && isBlank(text.charCodeAt(at))) at += 1;
  return at - line.start;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** A line at the keys' column may still go on with a list or with brackets that are open. */
function continues(scan: Scan, content: string, current: KeyEntry): boolean {
  const value = scan.text.slice(current.value.start, current.value.end);
  if (/^-(?:\s|$)/.test(content)) return value === '' || (current.below && value.startsWith('-'));
  return scan.openBrackets > 0 && /^[[{]/.test(value);
}

/** Brackets that the text opens beyond those that it closes. */
function countOpen(text: string): number {
  const opened = text.match(/[[{]/g)?.length ?? 0;
  const closed = text.match(/[\]}]/g)?.length ?? 0;
  return opened - closed;
}

function extend(scan: Scan, line: Line, current: KeyEntry): void {
  const start = line.start + countIndent(scan.text, line);
  const { end } = trimSpan(scan.text, { start, end: line.end });
  const isEmpty = current.value.start === current.value.end;
  const value = { start: isEmpty ? start : current.value.start, end };
  scan.entries[scan.entries.length - 1] = { ...current, value, below: current.below || isEmpty };
  scan.openBrackets += countOpen(scan.text.slice(start, end));
}

interface FoundKey {
  readonly name: string;
  /** Within the content of the line. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

const keyPattern = /^(?:"([^"\s]*)"|'([^'\s]*)'|([^\s:#"'\-?[\]{}&*!|>%@`,][^\s:]*))[ \t]*:(?=[ \t]|$)/;
const tightPattern = /^([A-Za-z]+)[ \t]*:/;

function readKey(content: string, known: ReadonlySet<string>): FoundKey | undefined {
  const match = keyPattern.exec(content);
  if (match === null) return readTightKey(content, known);
  const quoted = match[1] ?? match[2];
  const name = quoted ?? match[3] ?? '';
  const start = quoted === undefined ? 0 : 1;
  return { name, start, end: start + name.length, valueStart: match[0].length };
}

/** `globs:*.ts`: to YAML no key at all, to everybody else one. */
function readTightKey(content: string, known: ReadonlySet<string>): FoundKey | undefined {
  const match = tightPattern.exec(content);
  const name = match?.[1];
  if (match === null || name === undefined || !known.has(name)) return undefined;
  return { name, start: 0, end: name.length, valueStart: match[0].length };
}

interface EntryStart {
  readonly line: Line;
  readonly indent: number;
  readonly key: FoundKey;
}

function startEntry(text: string, { line, indent, key }: EntryStart): KeyEntry {
  const content = line.start + indent;
  const value = trimSpan(text, { start: content + key.valueStart, end: line.end });
  const isComment = /^#(?:\s|$)/.test(text.slice(value.start, value.end));
  return {
    key: key.name,
    keySpan: { start: content + key.start, end: content + key.end },
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
