import type { Span } from '../../documents/span.ts';
import { readLine, type Line } from '../../documents/readLine.ts';

/** Where the parts of a rule file are. */
export type FileParts =
  | { readonly kind: 'none'; readonly body: Span }
  | {
      readonly kind: 'frontmatter';
      /** Both fences included. */
      readonly whole: Span;
      /** Between the fences. */
      readonly inner: Span;
      readonly body: Span;
      /** Blank lines stand before the opening fence. */
      readonly late: boolean;
    }
  /** The opening fence has no closing one; `inner` ends where the lines stop looking like frontmatter. */
  | { readonly kind: 'unclosed'; readonly fence: Span; readonly inner: Span; readonly body: Span }
  /** `---js` and its like: a language that is not read, and never run. */
  | { readonly kind: 'foreign'; readonly fence: Span; readonly body: Span };

export function splitFrontmatter(text: string): FileParts {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const opening = skipBlank(text, start);
  const body = { start, end: text.length };
  if (!text.startsWith('---', opening.start)) return { kind: 'none', body };
  const fence = text.slice(opening.start, opening.end).trimEnd();
  if (/^---[ \t]*[A-Za-z]\w*$/.test(fence)) {
    return { kind: 'foreign', fence: { start: opening.start, end: opening.start + fence.length }, body };
  }
  if (fence !== '---') return { kind: 'none', body };
  const closing = findClosing(text, opening.next);
  if (closing !== undefined) return closeFrontmatter(text, { start, opening, closing });
  return splitUnclosed(text, opening, body);
}

interface Fences {
  readonly start: number;
  readonly opening: Line;
  readonly closing: Line;
}

function closeFrontmatter(text: string, { start, opening, closing }: Fences): FileParts {
  const inner = { start: opening.next, end: closing.start };
  const late = opening.start > start;
  // A document may begin with a rule across the page and have another one further down.
  const between = text.slice(inner.start, inner.end);
  const isRule = !hasKey(text, inner) && between.trim() !== '' && !meansKey.test(between);
  if (isRule) return { kind: 'none', body: { start, end: text.length } };
  return {
    kind: 'frontmatter',
    whole: { start: opening.start, end: closing.end },
    inner,
    body: { start: closing.next, end: text.length },
    late,
  };
}

function splitUnclosed(text: string, opening: Line, body: Span): FileParts {
  const end = findEndOfKeys(text, opening.next);
  const inner = { start: opening.next, end };
  if (!hasKey(text, inner)) return { kind: 'none', body };
  return {
    kind: 'unclosed',
    fence: { start: opening.start, end: opening.end },
    inner,
    body: { start: end, end: text.length },
  };
}

function skipBlank(text: string, start: number): Line {
  let line = readLine(text, start);
  while (line.next < text.length && isBlankLine(text, line)) line = readLine(text, line.next);
  return line;
}

function isBlankLine(text: string, { start, end }: Line): boolean {
  const first = text.charCodeAt(start);
  const isVisible = first > 32 && first < 127;
  return start === end || (!isVisible && text.slice(start, end).trim() === '');
}

/** Keys as JSON, as a list, or with `=`: not read, and no text either. */
const meansKey = /^[ \t]*(?:[-{][ \t]*)?["']?(?:description|globs|alwaysApply)["']?[ \t]*[:=]/m;

/** The first line `---` that does not belong to an indented value. */
function findClosing(text: string, from: number): Line | undefined {
  for (let at = text.indexOf('---', from); at >= 0; at = text.indexOf('---', at + 1)) {
    if (at !== from && !isLineBreak(text.charCodeAt(at - 1))) continue;
    const line = readLine(text, at);
    if (text.slice(at + 3, line.end).trim() === '') return line;
  }
  return undefined;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** Blank lines and comments belong to it where one of Cursor's keys stands behind them. */
function findEndOfKeys(text: string, from: number): number {
  let end = from;
  for (let line = readLine(text, from); ; line = readLine(text, line.next)) {
    const content = text.slice(line.start, line.end);
    const isKey = end === line.start ? looksLikeFrontmatter.test(content) : cursorKey.test(content);
    if (isKey) end = line.next;
    else if (!isGap.test(content)) return end;
    if (line.next >= text.length) return end;
  }
}

const cursorKey = /^(?:description|globs|alwaysApply)[ \t]*:(?:[ \t]|$)/;
const isGap = /^[ \t]*(?:#.*)?$/;

const keyLine = /[ \t]*["']?[^\s:"'#]+["']?[ \t]*:(?!\/\/)/y;
const looksLikeFrontmatter = /^(?:[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)|[ \t]+(?!-{3}[ \t]*$)\S|- )/;

function hasKey(text: string, inner: Span): boolean {
  for (let at = inner.start; at < inner.end;) {
    keyLine.lastIndex = at;
    if (keyLine.test(text) && keyLine.lastIndex <= inner.end) return true;
    at = readLine(text, at, inner.end).next;
  }
  return false;
}
