import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from './findQuoteEnd.ts';
import type { KeyEntry } from './scanKeys.ts';
import { readYaml } from './readYaml.ts';
import type { Reading } from './reading.ts';

/** A value on one line, or folded over several, as text. Empty, `null` and `~` are an empty text. */
export interface Scalar {
  readonly value: string;
  /** Quotes not included. */
  readonly span: Span;
  readonly quoted: boolean;
}

const lineBreak = /[\n\r]/;

/** Reads a plain key without a YAML parser; only block scalars and quotes over several lines need one. */
export function readScalar(reading: Reading, entry: KeyEntry): Scalar {
  const raw = reading.text.slice(entry.value.start, entry.value.end);
  if (entry.below || lineBreak.test(raw)) return readFolded(reading, entry, raw);
  return readOneLine(raw, entry.value.start);
}

/** `start`: offset of `raw` in its text. */
function readOneLine(raw: string, start: number): Scalar {
  const quoted = readQuoted(raw, start);
  if (quoted !== undefined) return quoted;
  const value = withoutComment(raw);
  const span = { start, end: start + value.length };
  return { value: isNull(value) ? '' : value, span, quoted: false };
}

function isNull(value: string): boolean {
  return value === '~' || value === 'null' || value === 'Null' || value === 'NULL';
}

/**
 * A `#` after white space begins a comment, as in YAML, but only when nothing or white space follows: `fix #12` and
 * `see #typing` are written as text.
 */
function withoutComment(raw: string): string {
  if (!raw.includes('#')) return raw;
  const comment = /(?:^|[ \t])#(?:[ \t]|$)/.exec(raw);
  return comment === null ? raw : raw.slice(0, comment.index).trimEnd();
}

function readQuoted(raw: string, start: number): Scalar | undefined {
  const quote = raw[0];
  if ((quote !== '"' && quote !== "'") || raw.length < 2) return undefined;
  const end = findQuoteEnd(raw, 0);
  const closes = end !== undefined && withoutComment(raw.slice(end + 1).trimStart()) === '';
  // A text with quotes of its own inside, as in 'it's': the outer ones are meant.
  const last = closes ? end : raw.endsWith(quote) ? raw.length - 1 : undefined;
  if (last === undefined) return undefined;
  const inner = raw.slice(1, last);
  return { value: unescapeQuoted(inner, quote), span: { start: start + 1, end: start + last }, quoted: true };
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001B',
  N: '\u0085',
  _: '\u00A0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '/': '/',
  '"': '"',
  '\\': '\\',
};

/** An escape that YAML does not know stays as it is written. */
export function unescapeQuoted(inner: string, quote: string): string {
  if (quote === "'") return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U(0010[\dA-Fa-f]{4}|000[\dA-Fa-f]{5})|([^\n]))/g,
    unescape,
  );
}

function unescape(written: string, ...groups: readonly (string | undefined)[]): string {
  const [two, four, eight, single] = groups;
  const code = two ?? four ?? eight;
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return escapes[single ?? ''] ?? written;
}

/** YAML's own folding where the value is YAML; else the lines, joined by a space. */
function readFolded(reading: Reading, entry: KeyEntry, raw: string): Scalar {
  const span = entry.value;
  const yaml = readYaml(reading.text, entry);
  if (yaml.faults.length === 0 && yaml.value?.kind === 'scalar') {
    return { value: yaml.value.text.trim(), span, quoted: /^["']/.test(raw) };
  }
  const lines = raw.replace(/^[|>][+-]?\d?[ \t]*[\n\r]+/, '').split(/[\n\r]+/);
  const joined = lines.map((line) => line.trim()).join(' ');
  return { ...readOneLine(joined.trim(), span.start), span };
}
