import type { Span } from '../../documents/span.ts';
import { outlineOf, type DocumentOutline } from './documentOutline.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { Outline, OutlineNode } from './outlineNode.ts';

/** Where a cursor stands among keys and values. */
export interface KeyPlace {
  readonly region: 'frontmatter' | 'block';
  /** `key`: a key of `path` could be typed; `value`: the value of `path`; `text`: in a text of lines. */
  readonly kind: 'key' | 'value' | 'text';
  /** Keys from the top, `-` for an entry of a list. */
  readonly path: readonly string[];
  /** What a key or value there replaces. */
  readonly word: Span;
  /** What stands beside it: the keys of the same map. */
  readonly siblings: readonly OutlineNode[];
  /** The key or entry that it belongs to; undefined at the top. */
  readonly node: OutlineNode | undefined;
  /** Column of the line's content or of the cursor. */
  readonly column: number;
  /** A colon follows already. */
  readonly hasColon: boolean;
  /** Inside brackets. */
  readonly isFlow: boolean;
}

export type Place =
  | { readonly kind: 'keys'; readonly place: KeyPlace }
  | { readonly kind: 'body' }
  /** A fence, a tag, a comment. */
  | { readonly kind: 'none' };

/** Total: every offset has a place, also in a text that is broken. */
export function findPlace(document: RuleDocument, offset: number): Place {
  const outline = outlineOf(document);
  const region = findRegion(outline, offset);
  if (region === undefined) return { kind: isBody(outline, offset) ? 'body' : 'none' };
  const { keys } = region;
  if (keys.comments.some(({ start, end }) => offset > start && offset <= end)) return { kind: 'none' };
  const place = locate({ text: document.text, offset, keys, region: region.kind });
  return place === undefined ? { kind: 'none' } : { kind: 'keys', place };
}

interface Region {
  readonly kind: KeyPlace['region'];
  readonly keys: Outline;
}

function findRegion(outline: DocumentOutline, offset: number): Region | undefined {
  const { frontmatter, keys, blockKeys } = outline;
  if (frontmatter && keys && holds(frontmatter.inner, offset, frontmatter.closed))
    return { kind: 'frontmatter', keys };
  const found = blockKeys.find(({ block }) => holds(block.inner, offset, block.closed));
  return found && { kind: 'block', keys: found.outline };
}

/** The place before a closing fence is none of the keys any more. */
function holds({ start, end }: Span, offset: number, closed: boolean): boolean {
  return offset >= start && (offset < end || (offset === end && !closed));
}

function isBody({ body, blocks, fences, frontmatter }: DocumentOutline, offset: number): boolean {
  const outside = offset >= body.start && (frontmatter === undefined || offset > frontmatter.whole.end);
  const within = ({ start, end }: Span): boolean => offset >= start && offset <= end;
  const inBlock = blocks.some(({ whole }) => offset > whole.start && offset < whole.end);
  return outside && !inBlock && !fences.some(within);
}

interface Search {
  readonly text: string;
  readonly offset: number;
  readonly keys: Outline;
  readonly region: KeyPlace['region'];
}

function locate(search: Search): KeyPlace | undefined {
  const { text, offset, keys } = search;
  const start = Math.max(lineStart(text, offset), keys.region.start);
  const before = text.slice(start, offset);
  const chain = findChain(keys.children, offset, text);
  const last = chain.at(-1);
  if (last !== undefined && last.style === 'literal' && isText(last, { offset, start, text }))
    return describe(search, chain, { kind: 'text', word: { start: offset, end: offset } });
  const isBlankLine = before.trim() === '' && /^[ \t]*(?:[\n\r]|$)/.test(text.slice(offset));
  if (isBlankLine) return locateBlank(search, chain, before.length);
  return last === undefined ? locateLoose(search, chain) : locateIn(search, chain, last);
}

/** Whether the cursor stands in the lines of the text, not on the line of its mark. */
function isText(
  node: OutlineNode,
  { offset, start, text }: { readonly offset: number; readonly start: number; readonly text: string },
): boolean {
  if (start <= node.value.start) return false;
  const column = /^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const isEmpty = text.slice(start, offset).trim() === '';
  return offset <= node.whole.end || (isEmpty && column > node.column);
}

/** The nodes that a place belongs to, from the outermost: those that hold it, or the last ones before it. */
function findChain(nodes: readonly OutlineNode[], offset: number, text: string): OutlineNode[] {
  const chain: OutlineNode[] = [];
  const reaches = ({ column, whole }: OutlineNode): boolean =>
    whole.start <= offset &&
    (column >= 0 || offset <= whole.end || text.slice(whole.end, offset).trim() === '');
  for (let level = nodes; ;) {
    const node = level.findLast(reaches);
    if (node === undefined) return chain;
    // Behind its brackets nothing of what they hold is meant.
    const isOver =
      chain.at(-1)?.style === 'flow' &&
      offset >= (chain.at(-1)?.value.end ?? offset) &&
      node.whole.end < offset;
    if (isOver) return chain;
    chain.push(node);
    level = node.children;
  }
}

/** On an empty line the column tells what a key there would belong to. */
function locateBlank(search: Search, chain: readonly OutlineNode[], column: number): KeyPlace {
  const inFlow = chain.findIndex((node) => node.style === 'flow' && search.offset < node.value.end);
  if (inFlow >= 0) return describe(search, chain.slice(0, inFlow + 1), { kind: 'key', isFlow: true });
  const depth = chain.findLastIndex(
    (node) => node.column >= 0 && node.column < column && node.style !== 'flow',
  );
  return describe(search, chain.slice(0, depth + 1), { kind: 'key', column });
}

/** Nothing was read at the cursor: at the start of the region, or before the first key of its line. */
function locateLoose(search: Search, chain: readonly OutlineNode[]): KeyPlace {
  return describe(search, chain, { kind: 'key', word: wordAt(search.text, search.offset) });
}

function locateIn(search: Search, chain: readonly OutlineNode[], node: OutlineNode): KeyPlace | undefined {
  const { text, offset } = search;
  const parents = chain.slice(0, -1);
  if (offset <= node.head.end && node.kind === 'entry') {
    const word = node.head;
    return describe(search, parents, {
      kind: 'key',
      word,
      column: node.column,
      hasColon: node.colon !== undefined,
    });
  }
  if (node.kind === 'entry' && node.colon === undefined) return undefined;
  if (node.kind === 'entry' && offset <= (node.colon ?? offset) && !isAfterColon(node, offset))
    return undefined;
  if (node.style === 'flow' && offset > node.value.start && offset < flowEnd(text, node))
    return describe(search, chain, { kind: text[node.value.start] === '{' ? 'key' : 'value', isFlow: true });
  if (node.kind === 'item' && offset <= node.head.start) return undefined;
  const word = node.value.start === node.value.end ? emptyWord(node, offset) : node.value;
  if (offset < word.start)
    return describe(search, chain, { kind: 'value', word: { start: offset, end: offset } });
  if (offset > word.end) {
    // Blanks behind the value: a further word may be typed there.
    const blanks = text.slice(word.end, offset);
    return /^[ \t]*$/.test(blanks)
      ? describe(search, chain, { kind: 'value', word: { start: word.start, end: offset } })
      : undefined;
  }
  return describe(search, chain, { kind: 'value', word });
}

function isAfterColon(node: OutlineNode, offset: number): boolean {
  return node.colon !== undefined && offset > node.colon;
}

/** Where the brackets close, the last place inside of them included. */
function flowEnd(text: string, { value }: OutlineNode): number {
  return /[\]}]/.test(text[value.end - 1] ?? '') && value.end - value.start > 1 ? value.end : value.end + 1;
}

function emptyWord(node: OutlineNode, offset: number): Span {
  return { start: Math.max(offset, node.value.start), end: Math.max(offset, node.value.start) };
}

interface PlaceParts {
  readonly kind: KeyPlace['kind'];
  readonly word?: Span;
  readonly column?: number;
  readonly hasColon?: boolean;
  readonly isFlow?: boolean;
}

/** `chain`: what the place belongs to; for a key its container, for a value its owner. */
function describe(search: Search, chain: readonly OutlineNode[], parts: PlaceParts): KeyPlace {
  const { region, keys, offset, text } = search;
  const node = chain.at(-1);
  const isValue = parts.kind !== 'key';
  const container = isValue ? chain.at(-2) : node;
  const inFlow = parts.isFlow === true || (node !== undefined && node.column < 0);
  return {
    region,
    kind: parts.kind,
    path: chain.map((each) => (each.kind === 'item' ? '-' : each.key)),
    word: parts.word ?? (inFlow ? wordAt(text, offset) : { start: offset, end: offset }),
    siblings: container?.children ?? keys.children,
    node,
    column: parts.column ?? node?.column ?? 0,
    hasColon: parts.hasColon ?? false,
    isFlow: inFlow,
  };
}

/** The letters around the cursor. */
function wordAt(text: string, offset: number): Span {
  const isLetter = (at: number): boolean => /[\w-]/.test(text[at] ?? ' ');
  let start = offset;
  let end = offset;
  while (isLetter(start - 1)) start -= 1;
  while (isLetter(end)) end += 1;
  return { start, end };
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return at;
}
