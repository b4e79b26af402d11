import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import { findListItem } from '../completion/listItem.ts';
import { clipToLine } from '../outline/clipToLine.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import type { Outline, OutlineNode } from '../outline/outlineNode.ts';

/** What is selected step by step around an offset, from the word to the whole file; each lies in the next. */
export function findSelections(document: RuleDocument, offset: number): readonly Span[] {
  const { text } = document;
  const { frontmatter, keys, blockKeys, headings, fences, body } = outlineOf(document);
  const all = { start: 0, end: text.length };
  const parts: Span[] = [
    wordAt(text, offset),
    ...(keys && frontmatter ? [...nodeSpans(text, keys, offset), frontmatter.inner, frontmatter.whole] : []),
    ...blockKeys.flatMap(({ block, outline }) => [
      ...nodeSpans(text, outline, offset),
      block.inner,
      block.whole,
    ]),
    ...fences,
    ...headings.flatMap(({ span, line, section }) => [span, line, section]),
    paragraphAt(text, offset, body),
    clipToLine(text, all, offset),
    body,
    all,
  ];
  const around = parts
    .filter(({ start, end }) => start <= offset && offset <= end && start < end)
    .toSorted((left, right) => left.end - left.start - (right.end - right.start));
  const chain: Span[] = [];
  for (const span of around) {
    const last = chain.at(-1);
    const grows =
      last === undefined ||
      (span.start <= last.start && span.end >= last.end && (span.start < last.start || span.end > last.end));
    if (grows) chain.push(span);
  }
  return chain.length > 0 ? chain : [{ start: offset, end: offset }];
}

function wordAt(text: string, offset: number): Span {
  const isLetter = (at: number): boolean => /[\p{L}\p{N}_]/u.test(text[at] ?? ' ');
  let [start, end] = [offset, offset];
  while (isLetter(start - 1)) start -= 1;
  while (isLetter(end)) end += 1;
  return { start, end };
}

function nodeSpans(text: string, outline: Outline, offset: number): readonly Span[] {
  const { start, end } = outline.region;
  return offset < start || offset > end
    ? []
    : outline.children.flatMap((node) => spansOfNode(text, node, offset));
}

function spansOfNode(text: string, node: OutlineNode, offset: number): readonly Span[] {
  if (offset < node.whole.start || offset > node.whole.end) return [];
  const inValue = node.value.start <= offset && offset <= node.value.end;
  const item = inValue && node.style !== 'flow' ? [findListItem(text, node.value, offset)] : [];
  return [
    ...item,
    node.head,
    node.value,
    node.whole,
    ...node.children.flatMap((child) => spansOfNode(text, child, offset)),
  ];
}

/** Lines without an empty one between them. */
function paragraphAt(text: string, offset: number, body: Span): Span {
  if (offset < body.start) return { start: offset, end: offset };
  let { start, end } = clipToLine(text, body, offset);
  if (text.slice(start, end).trim() === '') return { start, end };
  while (start > body.start) {
    const above = clipToLine(text, body, start - (text[start - 2] === '\r' ? 2 : 1));
    if (above.start >= start || text.slice(above.start, above.end).trim() === '') break;
    start = above.start;
  }
  for (let next = readLine(text, end, body.end).next; next < body.end && next > end;) {
    const line = readLine(text, next, body.end);
    if (text.slice(line.start, line.end).trim() === '') break;
    end = line.end;
    next = line.next;
  }
  return { start, end };
}
