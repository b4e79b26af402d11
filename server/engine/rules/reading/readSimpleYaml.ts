import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from './findQuoteEnd.ts';
import { readLiteral } from './liftLiterals.ts';
import type { YamlEntry, YamlValue } from './yamlValue.ts';

type Scalar = Extract<YamlValue, { readonly kind: 'scalar' }>;

/**
 * Reads the YAML that rules are made of: lists and maps by indentation, texts on one line, long texts after `|`.
 * Undefined for anything else, and for anything that may be wrong: then the parser has to read it. `place` tells where
 * an offset in `source` stands in the file.
 */
export function readSimpleYaml(source: string, place: (offset: number) => number): YamlValue | undefined {
  if (unusual.test(source)) return undefined;
  const reading: SimpleReading = { source, place, at: 0, failed: false };
  const first = peek(reading);
  if (first === undefined) return undefined;
  const value = readBlock(reading, first, 0);
  return reading.failed || peek(reading) !== undefined ? undefined : value;
}

/** Tabs, lone carriage returns and what YAML does not print. */
const unusual = /[\t\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]|\r(?!\n)/;
const maxDepth = 32;

interface SimpleReading {
  readonly source: string;
  readonly place: (offset: number) => number;
  /** Start of the next line, or of what follows a dash on this one. */
  at: number;
  failed: boolean;
}

/** A line with something in it, or the part of one behind a dash. */
interface Content {
  /** Columns before it. */
  readonly indent: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The next line that is neither blank nor a comment; it is not consumed. */
function peek(reading: SimpleReading): Content | undefined {
  const { source } = reading;
  while (reading.at < source.length) {
    const line = readLine(source, reading.at);
    let start = line.start;
    while (start < line.end && source.charCodeAt(start) === space) start += 1;
    if (start < line.end && source.charCodeAt(start) !== hash) return toContent(source, line, start);
    reading.at = line.next;
  }
  return undefined;
}

function toContent(
  source: string,
  line: { readonly start: number; readonly end: number; readonly next: number },
  start: number,
): Content {
  let end = line.end;
  while (source.charCodeAt(end - 1) === space) end -= 1;
  return { indent: start - line.start, start, end, next: line.next };
}

const space = 32;
const hash = 35;
const dash = 45;
const colon = 58;

function fail(reading: SimpleReading): undefined {
  reading.failed = true;
  return undefined;
}

function isDash({ source }: SimpleReading, { start, end }: Content): boolean {
  return source.charCodeAt(start) === dash && (start + 1 === end || source.charCodeAt(start + 1) === space);
}

function readBlock(reading: SimpleReading, first: Content, depth: number): YamlValue | undefined {
  if (depth > maxDepth) return fail(reading);
  return isDash(reading, first) ? readList(reading, first, depth) : readMap(reading, first, depth);
}

function readList(reading: SimpleReading, first: Content, depth: number): YamlValue | undefined {
  const items: YamlValue[] = [];
  for (
    let line: Content | undefined = first;
    line !== undefined && line.indent >= first.indent;
    line = peek(reading)
  ) {
    if (line.indent > first.indent || !isDash(reading, line)) {
      // A key at the column of the dashes ends the list.
      if (line.indent === first.indent && items.length > 0) break;
      return fail(reading);
    }
    const item = readItem(reading, line, depth);
    if (item === undefined) return fail(reading);
    items.push(item);
  }
  const last = items.at(-1);
  if (last === undefined) return fail(reading);
  return { kind: 'list', items, span: { start: reading.place(first.start), end: last.span.end } };
}

function readItem(reading: SimpleReading, line: Content, depth: number): YamlValue | undefined {
  let start = line.start + 1;
  while (start < line.end && reading.source.charCodeAt(start) === space) start += 1;
  if (start >= line.end) return fail(reading);
  const rest = { ...line, indent: line.indent + start - line.start, start };
  if (isDash(reading, rest)) return fail(reading);
  return findKeyEnd(reading.source, rest) === undefined
    ? readText(reading, rest, line.indent)
    : readMap(reading, rest, depth + 1);
}

function readMap(reading: SimpleReading, first: Content, depth: number): YamlValue | undefined {
  const entries: YamlEntry[] = [];
  for (
    let line: Content | undefined = first;
    line !== undefined && line.indent >= first.indent;
    line = peek(reading)
  ) {
    if (line.indent > first.indent || (isDash(reading, line) && entries.length > 0)) return fail(reading);
    const entry = readEntry(reading, line, depth);
    if (entry === undefined) return fail(reading);
    entries.push(entry);
  }
  const last = entries.at(-1);
  if (last === undefined) return fail(reading);
  return { kind: 'map', entries, span: { start: reading.place(first.start), end: last.value.span.end } };
}

/** Where a plain key ends whose colon is followed by a space or by nothing. */
function findKeyEnd(source: string, { start, end }: Content): number | undefined {
  let at = start;
  while (at < end && isKeyCharacter(source.charCodeAt(at))) at += 1;
  if (at === start || source.charCodeAt(at) !== colon || at >= end) return undefined;
  return at + 1 === end || source.charCodeAt(at + 1) === space ? at : undefined;
}

function isKeyCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

const words: ReadonlySet<string> = new Set(['null', 'true', 'false']);

function readEntry(reading: SimpleReading, line: Content, depth: number): YamlEntry | undefined {
  const { source, place } = reading;
  const keyEnd = findKeyEnd(source, line);
  if (keyEnd === undefined) return undefined;
  const key = source.slice(line.start, keyEnd);
  if (words.has(key.toLowerCase())) return undefined;
  const keySpan = { start: place(line.start), end: place(keyEnd) };
  let start = keyEnd + 1;
  while (start < line.end && source.charCodeAt(start) === space) start += 1;
  const value =
    start < line.end ? readText(reading, { ...line, start }, line.indent) : readBelow(reading, line, depth);
  return value === undefined ? undefined : { key, keySpan, value };
}

/** A list or map on the lines below its key. */
function readBelow(reading: SimpleReading, key: Content, depth: number): YamlValue | undefined {
  reading.at = key.next;
  const below = peek(reading);
  if (below === undefined || below.indent < key.indent) return undefined;
  if (below.indent === key.indent && !isDash(reading, below)) return undefined;
  return readBlock(reading, below, depth + 1);
}

/** A text on one line, or a long one after `|`; nothing may continue it. `parent`: the column of its key or dash. */
function readText(reading: SimpleReading, content: Content, parent: number): YamlValue | undefined {
  const { source } = reading;
  if (source[content.start] === '|') return readLong(reading, content, parent);
  const value = source[content.start] === '[' ? readFlowList(reading, content) : readOnLine(reading, content);
  reading.at = content.next;
  const following = peek(reading);
  if (value === undefined || (following !== undefined && following.indent > parent)) return fail(reading);
  return value;
}

function readOnLine({ source, place }: SimpleReading, { start, end }: Span): Scalar | undefined {
  const read = readScalar(source.slice(start, end));
  return read === undefined
    ? undefined
    : { kind: 'scalar', ...read, span: { start: place(start), end: place(end) } };
}

/** A list in brackets on one line. Its plain texts hold no sign that divides them. */
function readFlowList(reading: SimpleReading, { start, end }: Span): YamlValue | undefined {
  const { source, place } = reading;
  const items: YamlValue[] = [];
  let at = start + 1;
  for (; at < end; at += 1) {
    flowItem.lastIndex = at;
    const [, before = '', written] = flowItem.exec(source) ?? [];
    if (written === undefined) return undefined;
    const from = at + before.length;
    const item = readOnLine(reading, { start: from, end: from + written.length });
    if (item === undefined) return undefined;
    items.push(item);
    at = flowItem.lastIndex;
    if (source[at] === ']') break;
    if (source[at] !== ',') return undefined;
  }
  if (at !== end - 1) return undefined;
  return { kind: 'list', items, span: { start: place(start), end: place(end) } };
}

const flowItem = /( *)("(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\r\n]|'')*'|[\w./-]+(?: [\w./-]+)*) */y;

function readLong(reading: SimpleReading, content: Content, parent: number): YamlValue | undefined {
  const { source, place } = reading;
  const header = source.slice(content.start, content.end);
  if (header !== '|' && header !== '|-') return fail(reading);
  const literal = readLiteral(source, content.next, { parent, chomping: header.slice(1) });
  if (literal === undefined) return fail(reading);
  reading.at = literal.next;
  const { text } = literal;
  return {
    kind: 'scalar',
    value: text,
    text,
    span: { start: place(content.start), end: place(literal.end) },
  };
}

/** Starts with a letter or one of few signs, so that it is no number and no sign of YAML's; `: ` and ` #` are nowhere in it. */
const plainText = /^[A-Za-z_(^$/\\](?!.*(?::(?: |$)| #)).*$/;
const plainWord = /^(?:null|true|false)$/i;
/** As everybody writes them; other forms of YAML's numbers begin with a digit or sign too, and are left to the parser. */
const plainNumber = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/;
/** `1.2.3` is no number to YAML. */
const plainVersion = /^\d+\.\d+\.\d+$/;

function readScalar(written: string): Pick<Scalar, 'value' | 'text'> | undefined {
  if (written === 'true' || written === 'false') return { value: written === 'true', text: written };
  if (plainNumber.test(written)) return { value: Number(written), text: written };
  const text = plainVersion.test(written) ? written : readOneLine(written);
  return text === undefined ? undefined : { value: text, text };
}

function readOneLine(written: string): string | undefined {
  const quote = written[0];
  if (quote !== '"' && quote !== "'")
    return plainText.test(written) && !plainWord.test(written) ? written : undefined;
  if (findQuoteEnd(written, 0) !== written.length - 1) return undefined;
  const inner = written.slice(1, -1);
  if (quote === "'") return inner.replaceAll("''", "'");
  return inner.includes('\\') ? readEscaped(written) : inner;
}

/** The escapes that JSON and YAML share. */
function readEscaped(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === 'string' ? text : undefined;
  } catch {
    // An escape of YAML alone, or one that nobody knows.
    return undefined;
  }
}
