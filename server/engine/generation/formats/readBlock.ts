import type { SearchReplace } from './parsedAnswer.ts';

export type BlockRead =
  /** `next`: the line after the block. */
  | { readonly kind: 'block'; readonly block: SearchReplace; readonly next: number }
  | { readonly kind: 'broken'; readonly message: string; readonly next: number };

const searchMarker = /^([<-])\1{4,8} ?(?:SEARCH|ORIGINAL|OLD)\b.{0,120}$/i;
const replaceMarker = /^([>+])\1{4,8}(?: ?(?:REPLACE|UPDATED|NEW)\b.{0,120})?\s*$/i;
const divider = /^={5,9}\s*$/;

export function isSearchMarker(line: string): boolean {
  return searchMarker.test(line);
}

/** Reads the search/replace block whose first marker stands on line `start`. Markers have 5 to 9 characters. */
export function readBlock(lines: readonly string[], start: number): BlockRead {
  const end = findEnd(lines, start);
  if (end === undefined) {
    const message = 'This SEARCH block has no line ">>>>>>> REPLACE". End each block with it.';
    return { kind: 'broken', message, next: nextMarker(lines, start + 1) };
  }
  const middle = findDivider(lines, start, end);
  if (typeof middle === 'string') return { kind: 'broken', message: middle, next: end + 1 };
  const search = joinLines(lines.slice(start + 1, middle));
  const replace = joinLines(lines.slice(middle + 1, end));
  return { kind: 'block', block: { search, replace }, next: end + 1 };
}

/** Each line ended by \n; no line at all is the empty text. */
export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function findEnd(lines: readonly string[], start: number): number | undefined {
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (replaceMarker.test(line)) return at;
    if (searchMarker.test(line)) return undefined;
  }
  return undefined;
}

function nextMarker(lines: readonly string[], from: number): number {
  const next = lines.findIndex((line, at) => at >= from && searchMarker.test(line));
  return next < 0 ? lines.length : next;
}

function findDivider(lines: readonly string[], start: number, end: number): number | string {
  const found: number[] = [];
  for (let at = start + 1; at < end; at += 1) if (divider.test(lines[at] ?? '')) found.push(at);
  const length = /^[<-]+/.exec(lines[start] ?? '')?.[0].length;
  const alike = found.filter((at) => (lines[at] ?? '').trimEnd().length === length);
  const [only] = alike.length === 1 ? alike : found;
  if (only === undefined) return 'This block has no line "=======" between SEARCH and REPLACE.';
  if (alike.length !== 1 && found.length > 1) {
    return 'This block holds several lines of "=". Give its three markers nine characters each, so that the divider is clear.';
  }
  return only;
}
