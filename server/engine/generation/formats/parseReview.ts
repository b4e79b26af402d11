import type { Severity } from '../../../protocol/text.ts';

/** A finding as a model wrote it; nobody has looked for its place yet. */
export interface ReviewRemark {
  readonly severity: Severity;
  readonly message: string;
  /** Whole lines without the last line break. */
  readonly quote: string;
  /** Whole lines that take the place of the quoted ones; undefined: none are suggested, empty: they go. */
  readonly suggestion?: string;
}

export type ParsedReview =
  | {
      readonly kind: 'read';
      readonly remarks: readonly ReviewRemark[];
      /** Findings that could not be read, as they begin. */
      readonly unreadable: readonly string[];
    }
  /** The answer is none: for the model, what to do. */
  | { readonly kind: 'invalid'; readonly reason: string };

const maxAnswerChars = 1_000_000;
const head = /^[\s#>*-]*FINDING\s*\(?(error|warning|information|info|hint)\)?\s*[:.–-]\s*(.*)$/iu;
const suggests = /^[\s#>*]*SUGGESTION\W*$/iu;
const nothing = /^[\s#>*]*NO FINDINGS\W*$/imu;

/** Reads the answer to a review. Never throws; what cannot be read is told, never guessed. */
export function parseReview(text: string): ParsedReview {
  if (text.length > maxAnswerChars)
    return { kind: 'invalid', reason: 'The answer is too long. Report the most important findings only.' };
  const lines = withoutThoughts(text).split('\n');
  const remarks: ReviewRemark[] = [];
  const unreadable: string[] = [];
  for (let at = 0; at < lines.length;) {
    const [whole, word = '', first = ''] = head.exec(lines[at] ?? '') ?? [];
    if (whole === undefined) {
      // A fence of something else may hold what looks like a finding.
      at = readFence(lines, at)?.next ?? at + 1;
      continue;
    }
    const read = readRemark(lines, at + 1, first);
    if (read.quote === undefined) unreadable.push(first.trim().slice(0, 200));
    else
      remarks.push({
        severity: severityOf(word),
        message: read.message,
        quote: read.quote,
        ...(read.suggestion === undefined ? {} : { suggestion: read.suggestion }),
      });
    at = read.next;
  }
  if (remarks.length === 0 && unreadable.length === 0 && !nothing.test(lines.join('\n')))
    return {
      kind: 'invalid',
      reason:
        'The answer holds no finding in the asked form. Begin each with FINDING, or answer NO FINDINGS alone.',
    };
  return { kind: 'read', remarks, unreadable };
}

/** Without what a reasoning model thought aloud. */
function withoutThoughts(text: string): string {
  const plain = text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n');
  return plain.replace(/^\s*<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/iu, '');
}

function severityOf(word: string): Severity {
  const lower = word.toLowerCase();
  return lower === 'error' || lower === 'warning' || lower === 'hint' ? lower : 'information';
}

interface ReadRemark {
  readonly message: string;
  /** undefined: no text is quoted, or its fence is not closed. */
  readonly quote: string | undefined;
  readonly suggestion: string | undefined;
  readonly next: number;
}

function readRemark(lines: readonly string[], from: number, first: string): ReadRemark {
  const message = [first];
  let at = from;
  for (; at < lines.length && !isFence(lines[at]); at += 1) {
    const line = lines[at] ?? '';
    if (head.test(line) || suggests.test(line)) break;
    message.push(line);
  }
  const said = message
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  const quoted = readFence(lines, at);
  const none = { message: said, quote: undefined, suggestion: undefined, next: at };
  if (quoted === undefined) return isFence(lines[at]) ? { ...none, next: lines.length } : none;
  let next = quoted.next;
  while (next < lines.length && (lines[next] ?? '').trim() === '') next += 1;
  if (!suggests.test(lines[next] ?? '')) return { ...none, quote: quoted.text, next: quoted.next };
  next += 1;
  while (next < lines.length && (lines[next] ?? '').trim() === '') next += 1;
  const suggested = readFence(lines, next);
  return {
    message: said,
    quote: quoted.text,
    suggestion: suggested?.text,
    next: suggested?.next ?? next,
  };
}

const fence = /^\s{0,3}(`{3,}|~{3,})[^`]*$/u;

function isFence(line: string | undefined): boolean {
  return line !== undefined && fence.test(line);
}

/** The text of the fence that begins here; undefined: none does, or it is not closed. */
function readFence(
  lines: readonly string[],
  at: number,
): { readonly text: string; readonly next: number } | undefined {
  const [, open] = fence.exec(lines[at] ?? '') ?? [];
  if (open === undefined) return undefined;
  const mark = open[0] ?? '';
  for (let end = at + 1; end < lines.length; end += 1) {
    const line = (lines[end] ?? '').trim();
    if (line.length >= open.length && line === mark.repeat(line.length))
      return { text: lines.slice(at + 1, end).join('\n'), next: end + 1 };
  }
  return undefined;
}
