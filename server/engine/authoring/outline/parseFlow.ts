import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from '../../rules/reading/findQuoteEnd.ts';
import { trimSpan } from '../../rules/reading/scanKeys.ts';
import type { OutlineNode } from './outlineNode.ts';

const maxDepth = 16;

/** Where brackets that open at `start` close, one behind the bracket; undefined when they do not before `limit`. */
export function findFlowEnd(text: string, start: number, limit: number): number | undefined {
  let open = 0;
  for (let at = start; at < limit; at += 1) {
    const character = text[at];
    if (isQuote(text, at)) at = findQuoteEnd(text, at, limit) ?? at;
    else if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open -= 1;
    if (open === 0) return at + 1;
  }
  return undefined;
}

/** Quotes in the middle of a plain text are letters. */
function isQuote(text: string, at: number): boolean {
  const character = text[at];
  return (character === '"' || character === "'") && /[\s,:[{]/.test(text[at - 1] ?? ' ');
}

/** The keys or entries inside brackets; `span` begins with the bracket, which may be unclosed. */
export function parseFlow(text: string, span: Span, depth = 0): OutlineNode[] {
  if (depth > maxDepth) return [];
  const isMap = text[span.start] === '{';
  const closing = isMap ? '}' : ']';
  const end = text[span.end - 1] === closing && span.end - span.start > 1 ? span.end - 1 : span.end;
  const nodes: OutlineNode[] = [];
  for (let at = span.start + 1; at <= end;) {
    const partEnd = findPartEnd(text, at, end);
    const part = trimSpan(text, { start: at, end: partEnd });
    if (part.start < part.end) nodes.push(isMap ? toEntry(text, part, depth) : toItem(text, part, depth));
    at = partEnd + 1;
  }
  return nodes;
}

function findPartEnd(text: string, start: number, limit: number): number {
  let open = 0;
  for (let at = start; at < limit; at += 1) {
    const character = text[at];
    if (isQuote(text, at)) at = findQuoteEnd(text, at, limit) ?? at;
    else if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open -= 1;
    else if (character === ',' && open <= 0) return at;
  }
  return limit;
}

function toEntry(text: string, part: Span, depth: number): OutlineNode {
  const written = text.slice(part.start, part.end);
  const match = /^(["']?)([^"':]*)\1[ \t]*(:(?:\s|$))?/.exec(written);
  const [, quote = '', key = '', colon] = match ?? [];
  const start = part.start + quote.length;
  const head = { start, end: start + key.trimEnd().length };
  if (match === null || colon === undefined) {
    const none = { start: part.end, end: part.end };
    return flowNode({ kind: 'entry', key: key.trimEnd(), head, colon: undefined, whole: part, value: none });
  }
  const after = part.start + match[0].length - (colon.length - 1);
  const value = trimSpan(text, { start: after, end: part.end });
  return withValue(
    text,
    flowNode({ kind: 'entry', key: key.trimEnd(), head, colon: after - 1, whole: part, value }),
    depth,
  );
}

function toItem(text: string, part: Span, depth: number): OutlineNode {
  const head = { start: part.start, end: part.start };
  return withValue(
    text,
    flowNode({ kind: 'item', key: '', head, colon: undefined, whole: part, value: part }),
    depth,
  );
}

function flowNode(
  parts: Pick<OutlineNode, 'kind' | 'key' | 'head' | 'colon' | 'whole' | 'value'>,
): OutlineNode {
  return { ...parts, column: -1, inner: -1, style: 'none', children: [] };
}

function withValue(text: string, node: OutlineNode, depth: number): OutlineNode {
  const first = text[node.value.start];
  if (node.value.start === node.value.end) return node;
  if (first === '[' || first === '{')
    return { ...node, style: 'flow', children: parseFlow(text, node.value, depth + 1) };
  return { ...node, style: first === '"' || first === "'" ? 'quoted' : 'plain' };
}
