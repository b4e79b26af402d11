import { readLine, type Line } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { trimSpan } from '../../rules/reading/scanKeys.ts';
import type { Outline, OutlineNode } from './outlineNode.ts';
import { findFlowEnd, parseFlow } from './parseFlow.ts';

/** Keys whose values are lists in any form, which brackets and braces do not make YAML. */
const listKeys = new Set(['globs', 'extends', 'on', 'origin']);

/** Keys whose value is one text: a brace there begins a variable, which its author has yet to quote. */
const textKeys = new Set([
  'description',
  'name',
  'message',
  'target',
  'pattern',
  'negative_pattern',
  'command',
]);

/** Reads frontmatter or a block by its lines alone. Total: also for what is half typed. */
export function parseOutline(text: string, region: Span): Outline {
  const scan: Scan = { text, region, children: [], comments: [], frames: [], textOf: undefined, skipTo: -1 };
  for (let at = region.start; at < region.end;) {
    const line = readLine(text, at, region.end);
    if (line.start >= scan.skipTo) scanLine(scan, line);
    at = line.next;
  }
  return { region, children: scan.children, comments: scan.comments };
}

interface Scan {
  readonly text: string;
  readonly region: Span;
  readonly children: OutlineNode[];
  readonly comments: Span[];
  /** Nodes that lines below may belong to, from the outermost. */
  readonly frames: OutlineNode[];
  /** Whose text in lines (`|` or `>`) goes on. */
  textOf: OutlineNode | undefined;
  /** Lines that brackets took already. */
  skipTo: number;
}

function scanLine(scan: Scan, line: Line): void {
  const content = scan.text.slice(line.start, line.end);
  const indent = content.length - content.trimStart().length;
  if (indent === content.length) return;
  const start = line.start + indent;
  const end = line.start + content.trimEnd().length;
  if (scan.textOf !== undefined) {
    if (indent > scan.textOf.column) return extend(scan, end);
    scan.textOf = undefined;
  }
  if (content[indent] === '#') {
    scan.comments.push({ start, end });
    return;
  }
  scanContent(scan, { start, end, column: indent });
}

/** Lists in lists on one line; deeper ones are read as text. */
const maxDashes = 32;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

function scanContent(scan: Scan, { start, end, column }: Place): void {
  let at = start;
  let isItem = false;
  for (let depth = 0; depth < maxDashes; depth += 1) {
    const dash = /^-(?:[ \t]+|$)/.exec(scan.text.slice(at, end))?.[0];
    if (dash === undefined) break;
    const here = column + at - start;
    closeFrames(scan, here, isItem ? false : true);
    const node = createNode({
      kind: 'item',
      key: '',
      head: { start: at, end: at + 1 },
      column: here,
      end: at + 1,
    });
    attach(scan, node);
    at += dash.length;
    isItem = true;
  }
  if (at >= end) return;
  const here = { start: at, end, column: column + at - start };
  if (scanEntry(scan, here)) return;
  const frame = scan.frames.at(-1);
  if (isItem && frame !== undefined) return setValue(scan, frame, { start: at, end });
  scanLoose(scan, here);
}

const keyPattern = /^(?:"([^"\n\r]*)"|'([^'\n\r]*)'|([^\s:#"'\-?[\]{}&*!|>%@`,][^\s:]*))[ \t]*:(?=[ \t]|$)/;

function scanEntry(scan: Scan, { start, end, column }: Place): boolean {
  const match = keyPattern.exec(scan.text.slice(start, end));
  if (match === null) return false;
  const quoted = match[1] ?? match[2];
  const key = quoted ?? match[3] ?? '';
  const keyStart = start + (quoted === undefined ? 0 : 1);
  closeFrames(scan, column, false);
  const after = start + match[0].length;
  const head = { start: keyStart, end: keyStart + key.length };
  const node = createNode({ kind: 'entry', key, head, colon: after - 1, column, end: after });
  attach(scan, node);
  const value = trimSpan(scan.text, { start: after, end });
  if (value.start < value.end) setValue(scan, node, value);
  return true;
}

/** A line that is no key: the value above goes on, or a key is being typed. */
function scanLoose(scan: Scan, { start, end, column }: Place): void {
  const written = scan.text.slice(start, end);
  const frame = scan.frames.findLast((each) => each.column < column);
  const continues = frame !== undefined && (frame.style === 'plain' || frame.style === 'quoted');
  const isWord = /^["']?[A-Za-z_][\w-]*["']?$/.test(written);
  if (!continues && (isWord || frame === undefined)) {
    closeFrames(scan, column, false);
    const word = /^[^\s]+/.exec(written)?.[0] ?? '';
    const head = { start, end: start + word.length };
    attach(scan, createNode({ kind: 'entry', key: word, head, colon: undefined, column, end }));
    return;
  }
  if (frame === undefined) return;
  closeFrames(scan, column, false);
  if (continues) frame.value = { start: frame.value.start, end };
  else if (frame.style === 'none' && frame.children.length === 0) setValue(scan, frame, { start, end });
  extend(scan, end);
}

/** Frames to which nothing at this column belongs any more. A list may stand at the column of its key. */
function closeFrames(scan: Scan, column: number, isDash: boolean): void {
  for (let frame = scan.frames.at(-1); frame !== undefined; frame = scan.frames.at(-1)) {
    const holds = frame.column < column || (isDash && frame.column === column && frame.kind === 'entry');
    if (holds) return;
    scan.frames.pop();
  }
}

interface NodeParts {
  readonly kind: OutlineNode['kind'];
  readonly key: string;
  readonly head: Span;
  readonly colon?: number | undefined;
  readonly column: number;
  readonly end: number;
}

function createNode({ kind, key, head, colon, column, end }: NodeParts): OutlineNode {
  return {
    kind,
    key,
    head,
    colon,
    column,
    inner: column + 1,
    value: { start: end, end },
    style: 'none',
    whole: { start: head.start, end },
    children: [],
  };
}

function attach(scan: Scan, node: OutlineNode): void {
  (scan.frames.at(-1)?.children ?? scan.children).push(node);
  scan.frames.push(node);
  extend(scan, node.whole.end);
}

/** What ends here belongs to all that is open. */
function extend(scan: Scan, end: number): void {
  for (const frame of scan.frames) if (end > frame.whole.end) frame.whole = { start: frame.whole.start, end };
}

function setValue(scan: Scan, node: OutlineNode, written: Span): void {
  const { text } = scan;
  const first = text[written.start];
  if (first === '#') {
    scan.comments.push(written);
    return;
  }
  if (/^[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$/.test(text.slice(written.start, written.end))) {
    node.style = 'literal';
    node.value = { start: written.start, end: written.end };
    scan.textOf = node;
    return extend(scan, written.end);
  }
  const isList = node.kind === 'entry' && node.column <= 0 && listKeys.has(node.key);
  const isText = first === '{' && textKeys.has(node.key);
  if ((first === '[' || first === '{') && !isList && !isText) return setFlow(scan, node, written);
  const value = withoutComment(scan, written);
  node.value = value;
  node.style = first === '"' || first === "'" ? 'quoted' : 'plain';
  extend(scan, written.end);
}

function withoutComment(scan: Scan, written: Span): Span {
  const raw = scan.text.slice(written.start, written.end);
  const at = raw.search(/[ \t]#(?:[ \t]|$)/);
  const quotedEnd = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(raw)?.[0].length ?? 0;
  if (at < 0 || at < quotedEnd) return written;
  scan.comments.push({ start: written.start + at + 1, end: written.end });
  return trimSpan(scan.text, { start: written.start, end: written.start + at });
}

/** Brackets go on over lines until they close; unclosed ones end with their line. */
function setFlow(scan: Scan, node: OutlineNode, written: Span): void {
  const { text, region } = scan;
  const close = findFlowEnd(text, written.start, findLimit(scan, node, written));
  const end = close ?? written.end;
  node.style = 'flow';
  node.value = { start: written.start, end };
  node.children.push(...parseFlow(text, node.value));
  scan.skipTo = close === undefined ? -1 : readLine(text, close, region.end).next;
  extend(scan, Math.max(end, written.end));
}

/** Where the next key at the column of this one, or left of it, begins. */
function findLimit({ text, region }: Scan, node: OutlineNode, written: Span): number {
  let line = readLine(text, readLine(text, written.end, region.end).next, region.end);
  for (; line.start < region.end; line = readLine(text, line.next, region.end)) {
    const content = text.slice(line.start, line.end);
    const indent = content.length - content.trimStart().length;
    if (indent < content.length && indent <= node.column && isNext(content.slice(indent))) return line.start;
  }
  return region.end;
}

/** A key or an entry of a list; what begins otherwise may still belong to brackets above. */
function isNext(content: string): boolean {
  return /^-(?:\s|$)/.test(content) || keyPattern.test(content);
}
