import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import { findDoc } from '../../rules/vocabulary/wordDoc.ts';
import { variableDocs } from '../../rules/vocabulary/variableDocs.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import type { Outline, OutlineNode } from '../outline/outlineNode.ts';
import { docOfKey, keysAt, valuePath } from '../ruleSchema.ts';

/** In the order of the legend that clients are told. */
export const tokenKinds = [
  'property',
  'enumMember',
  'keyword',
  'string',
  'number',
  'regexp',
  'variable',
  'comment',
  'macro',
  'namespace',
] as const;

export type TokenKind = (typeof tokenKinds)[number];

export interface Token {
  readonly kind: TokenKind;
  /** On one line. */
  readonly span: Span;
}

/** Tokens of frontmatter, of blocks and of references, in source order, without overlaps. */
export function findTokens(document: RuleDocument, references: readonly RuleReference[]): readonly Token[] {
  const { keys, blockKeys } = outlineOf(document);
  const { text } = document;
  const found: Token[] = [];
  if (keys) collect({ text, region: 'frontmatter', found }, keys);
  for (const { outline } of blockKeys) collect({ text, region: 'block', found }, outline);
  for (const reference of references) found.push(...tokensOfReference(reference));
  return withoutOverlaps(found.flatMap((token) => splitLines(text, token)));
}

interface Collection {
  readonly text: string;
  readonly region: 'frontmatter' | 'block';
  readonly found: Token[];
}

function collect(collection: Collection, outline: Outline): void {
  for (const span of outline.comments) collection.found.push({ kind: 'comment', span });
  for (const node of outline.children) collectNode(collection, node, []);
}

function collectNode(collection: Collection, node: OutlineNode, above: readonly string[]): void {
  const { found, region } = collection;
  const path = [...above, node.kind === 'item' ? '-' : node.key];
  if (node.kind === 'entry') {
    const isKnown = keysAt(region, above) === undefined || docOfKey(region, path) !== undefined;
    found.push({ kind: isKnown ? 'property' : 'variable', span: node.head });
  }
  if (node.style !== 'flow') {
    const variables = replacesVariables(region, path) ? variablesIn(collection.text, bodyOf(node)) : [];
    found.push(...variables);
    if (variables.length > 0) found.push(...between(bodyOf(node), variables));
    else if (node.style !== 'none') found.push({ kind: kindOf(collection, node, path), span: bodyOf(node) });
  }
  for (const child of node.children) collectNode(collection, child, path);
}

function replacesVariables(region: Collection['region'], path: readonly string[]): boolean {
  const isAction = path[0] === 'actions' && path.length > 2 && path[2] !== 'conditions';
  return region === 'frontmatter' && (isAction || path.join('.') === 'filters.-.pattern');
}

/** With the lines of a text that begins with `|`. */
function bodyOf(node: OutlineNode): Span {
  return node.style === 'literal' ? { start: node.value.start, end: node.whole.end } : node.value;
}

const wordPaths = new Set(['on', 'filters.-.type', 'actions.-.type']);

function kindOf({ text, region }: Collection, node: OutlineNode, path: readonly string[]): TokenKind {
  const where = valuePath(path);
  const value = text.slice(node.value.start, node.value.end);
  if (wordPaths.has(where)) return 'enumMember';
  if (where === 'extends') return 'namespace';
  if (
    /^(?:filters\.-\.pattern|actions\.-\.conditions\.-\.(?:pattern|negative_pattern|pattern_negate|file_pattern|location))$/.test(
      where,
    )
  )
    return 'regexp';
  if (/^(?:true|false|null|~)$/i.test(value)) return 'keyword';
  if (/^[+-]?\d+(?:\.\d+)*(?:ms|s|m|min|h|kb|mb|b)?$/.test(value)) return 'number';
  const values = docOfKey(region, where.split('.'))?.values ?? {};
  return Object.hasOwn(values, value) ? 'enumMember' : 'string';
}

function variablesIn(text: string, { start, end }: Span): readonly Token[] {
  return Array.from(text.slice(start, end).matchAll(/\{([A-Za-z]+)\}/g))
    .filter((match) => findDoc(variableDocs, match[1] ?? '') !== undefined)
    .map((match) => ({
      kind: 'variable' as const,
      span: { start: start + match.index, end: start + match.index + match[0].length },
    }));
}

/** What is left of a text around its variables. */
function between({ start, end }: Span, tokens: readonly Token[]): readonly Token[] {
  const edges = [start, ...tokens.flatMap(({ span }) => [span.start, span.end]), end];
  const rest: Token[] = [];
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const span = { start: edges[at] ?? end, end: edges[at + 1] ?? end };
    if (span.start < span.end) rest.push({ kind: 'string', span });
  }
  return rest;
}

function tokensOfReference({ kind, span, whole }: RuleReference): readonly Token[] {
  if (kind === 'parent' || kind === 'rule') return [];
  const mark = {
    start: whole.start,
    end: kind === 'include' ? whole.start + '@include'.length : whole.start + 1,
  };
  const marks: readonly Token[] = kind === 'link' ? [] : [{ kind: 'macro', span: mark }];
  return [...marks, { kind: 'namespace', span }];
}

function splitLines(text: string, { kind, span }: Token): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = span.start; at < span.end;) {
    const line = readLine(text, at, span.end);
    const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0;
    const start = at === span.start ? line.start : line.start + indent;
    if (start < line.end) tokens.push({ kind, span: { start, end: line.end } });
    at = line.next;
  }
  return tokens;
}

function withoutOverlaps(tokens: readonly Token[]): readonly Token[] {
  let end = -1;
  return tokens
    .toSorted((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
    .filter(({ span }) => {
      const isFree = span.start >= end && span.start < span.end;
      if (isFree) end = span.end;
      return isFree;
    });
}
