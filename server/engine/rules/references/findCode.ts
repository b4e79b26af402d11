import type { Span } from '../../documents/span.ts';
import { readLine } from '../../documents/readLine.ts';
import { createIndentedCode } from './indentedCode.ts';

/** One line of Markdown that is no code. */
export interface TextLine {
  /** Offset of its first character in the whole text. */
  readonly start: number;
  /** Inline code is blanked out with spaces, so that offsets stay right. */
  readonly content: string;
}

/**
 * The lines of a region outside of code fences and indented code, in source order. Fences in lists and quotes count,
 * however deep they stand.
 */
export function readTextLines(text: string, region: Span): readonly TextLine[] {
  const lines: TextLine[] = [];
  const indented = createIndentedCode();
  let fence: string | undefined;
  for (let at = region.start; at < region.end;) {
    const line = readLine(text, at, region.end);
    const content = text.slice(line.start, line.end);
    const next = nextFence(fence, content);
    if (fence !== undefined || next !== undefined) indented.breakOff();
    else if (!indented.next(content)) lines.push({ start: line.start, content: blankCode(content) });
    fence = next;
    at = line.next;
  }
  return lines;
}

/** The fence that is open after the line: its characters, to be closed by at least as many of them. */
function nextFence(open: string | undefined, content: string): string | undefined {
  if (!content.includes('```') && !content.includes('~~~')) return open;
  const marks = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$/.exec(content);
  if (marks === null) return open;
  const [, run = '', rest = ''] = marks;
  if (open === undefined) return run.startsWith('`') && rest.includes('`') ? undefined : run;
  const closes = run[0] === open[0] && run.length >= open.length && rest.trim() === '';
  return closes ? undefined : open;
}

/** A run of backticks up to the next run of the same length is code. */
function blankCode(content: string): string {
  if (!content.includes('`')) return content;
  let blanked = '';
  let at = 0;
  while (at < content.length) {
    const open = content.indexOf('`', at);
    if (open < 0) break;
    const length = runLength(content, open);
    const close = findRun(content, open + length, length);
    const end = close === undefined ? open + length : close + length;
    blanked +=
      content.slice(at, open) + (close === undefined ? content.slice(open, end) : ' '.repeat(end - open));
    at = end;
  }
  return blanked + content.slice(at);
}

function findRun(content: string, from: number, length: number): number | undefined {
  for (let at = content.indexOf('`', from); at >= 0;) {
    const found = runLength(content, at);
    if (found === length) return at;
    at = content.indexOf('`', at + found);
  }
  return undefined;
}

function runLength(content: string, start: number): number {
  let end = start;
  while (content[end] === '`') end += 1;
  return end - start;
}
