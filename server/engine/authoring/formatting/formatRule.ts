import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { applyTextEdits } from '../../rules/editing/applyTextEdits.ts';
import { lineBreakOf } from '../../rules/editing/lineBreaks.ts';
import { canonicalValue } from '../../rules/migration/canonicalValue.ts';
import { meansTheSame } from '../../rules/migration/meansTheSame.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { scanKeys, type KeyEntry } from '../../rules/reading/scanKeys.ts';
import { frontmatterReaders } from '../../rules/reading/keyReaders.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { TextEdit } from '../../rules/textEdit.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import type { Outline, OutlineNode } from '../outline/outlineNode.ts';

const knownKeys: ReadonlySet<string> = new Set(Object.keys(frontmatterReaders));

/**
 * Spacing, quotes where another reader needs them, lists and the final line break, in frontmatter and blocks; comments
 * and the order of keys stay, and so does the body to the byte. Never changes what is read: an edit that would is left
 * out. Formatting what was formatted gives nothing. `within`: only edits in this stretch.
 */
export function formatRule(document: RuleDocument, within?: Span): readonly TextEdit[] {
  const { start, end } = within ?? { start: 0, end: document.text.length };
  const edits = findEdits(document).filter(({ span }) => span.start >= start && span.end <= end);
  if (edits.length === 0) return [];
  if (isSafe(document, edits)) return edits;
  const safe = edits.slice(0, maxTried).filter((edit) => isSafe(document, [edit]));
  return isSafe(document, safe) ? safe : [];
}

/** Each try reads the file again. */
const maxTried = 100;

function isSafe(document: RuleDocument, edits: readonly TextEdit[]): boolean {
  return meansTheSame(document, parseRuleDocument(document.path, applyTextEdits(document.text, edits)));
}

function findEdits(document: RuleDocument): readonly TextEdit[] {
  const { text } = document;
  const { frontmatter, keys, blockKeys } = outlineOf(document);
  const edits: TextEdit[] = [];
  if (frontmatter?.closed === true && keys !== undefined) {
    edits.push(
      ...formatFences(text, frontmatter.whole),
      ...formatKeys(text, keys),
      ...quoteValues(text, frontmatter.inner),
    );
  }
  for (const { block, outline } of blockKeys) if (block.closed) edits.push(...formatKeys(text, outline));
  if (text.length > 0 && !/[\n\r]$/.test(text))
    edits.push({ span: { start: text.length, end: text.length }, newText: lineBreakOf(text) });
  return withoutOverlaps(edits.filter(({ span, newText }) => text.slice(span.start, span.end) !== newText));
}

function formatFences(text: string, whole: Span): readonly TextEdit[] {
  const opening = readLine(text, whole.start, whole.end);
  const end = whole.start + text.slice(whole.start, whole.end).trimEnd().length;
  return [
    { span: { start: whole.start + 3, end: opening.end }, newText: '' },
    { span: { start: end, end: whole.end }, newText: '' },
  ];
}

/** Blanks around colons and dashes and at the ends of lines; texts of lines (`|`) are kept to the byte. */
function formatKeys(text: string, outline: Outline): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const texts: Span[] = [];
  const visit = (node: OutlineNode): void => {
    edits.push(...formatNode(text, node));
    if (node.style === 'literal' || isLong(text, node))
      texts.push({ start: node.value.start, end: lineEnd(text, node.whole.end) });
    if (node.column >= 0) for (const child of node.children) visit(child);
  };
  for (const node of outline.children) visit(node);
  return [...edits, ...trimLines(text, outline.region, texts)];
}

/** A value of several lines may mean its blanks. */
function isLong(text: string, { value }: OutlineNode): boolean {
  return /[\n\r]/.test(text.slice(value.start, value.end));
}

function lineEnd(text: string, offset: number): number {
  return readLine(text, offset).end;
}

function formatNode(text: string, node: OutlineNode): readonly TextEdit[] {
  if (node.column < 0) return [];
  const isHere =
    node.value.end > node.value.start && !/[\n\r]/.test(text.slice(node.head.start, node.value.start));
  if (node.kind === 'item') {
    // The keys of an entry stand below the first one, which so stays where it is.
    const isAlone = isHere && node.children.length === 0;
    return isAlone ? [{ span: { start: node.head.end, end: node.value.start }, newText: ' ' }] : [];
  }
  if (node.colon === undefined) return [];
  const quotes = /["']/.test(text[node.head.end] ?? '') ? 1 : 0;
  const before = { span: { start: node.head.end + quotes, end: node.colon }, newText: '' };
  return isHere
    ? [before, { span: { start: node.colon + 1, end: node.value.start }, newText: ' ' }]
    : [before];
}

function trimLines(text: string, region: Span, texts: readonly Span[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (
    let line = readLine(text, region.start, region.end);
    line.start < region.end;
    line = readLine(text, line.next, region.end)
  ) {
    const end = line.start + text.slice(line.start, line.end).trimEnd().length;
    const isText = texts.some((span) => line.end > span.start && end <= span.end);
    if (end < line.end && !isText) edits.push({ span: { start: end, end: line.end }, newText: '' });
  }
  return edits;
}

/** Frontmatter keys: a value in the form that every YAML reader reads alike, and a blank behind a tight colon. */
function quoteValues(text: string, inner: Span): readonly TextEdit[] {
  const { entries } = scanKeys(text, inner, { known: knownKeys, lenient: false });
  return entries.flatMap((entry) => [...looseColon(text, entry), ...quoteValue(text, entry)]);
}

function looseColon(text: string, { keySpan, value }: KeyEntry): readonly TextEdit[] {
  const isTight = value.start < value.end && text.slice(keySpan.end, value.start) === ':';
  return isTight ? [{ span: { start: value.start, end: value.start }, newText: ' ' }] : [];
}

function quoteValue(text: string, entry: KeyEntry): readonly TextEdit[] {
  const canonical = knownKeys.has(entry.key) ? canonicalValue(text, entry) : undefined;
  return canonical === undefined ? [] : [{ span: entry.value, newText: canonical }];
}

/** The first of two that touch one place. */
function withoutOverlaps(edits: readonly TextEdit[]): readonly TextEdit[] {
  let end = -1;
  return edits
    .toSorted((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
    .filter(({ span }) => {
      const isFree = span.start >= end;
      if (isFree) end = Math.max(span.end, end);
      return isFree;
    });
}
