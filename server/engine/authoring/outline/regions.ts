import { readLine, type Line } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findRuleBlocks, type RuleBlock } from '../../rules/reading/findRuleBlocks.ts';
import { splitFrontmatter } from '../../rules/reading/splitFrontmatter.ts';
import { readRulePath } from '../../rules/rulePaths.ts';

export interface Frontmatter {
  /** Both fences included. */
  readonly whole: Span;
  /** Between the fences. */
  readonly inner: Span;
  readonly closed: boolean;
}

/** The parts of a rule file for somebody who types into it: half-typed frontmatter is frontmatter too. */
export interface FileRegions {
  readonly frontmatter: Frontmatter | undefined;
  readonly body: Span;
  readonly blocks: readonly RuleBlock[];
}

export function findRegions(path: string, text: string): FileRegions {
  const { frontmatter, body } = splitFile(path, text);
  return { frontmatter, body, blocks: readRulePath(path).isLegacy ? [] : findRuleBlocks(text, body) };
}

function splitFile(path: string, text: string): Pick<FileRegions, 'frontmatter' | 'body'> {
  const all = { start: text.charCodeAt(0) === 0xfeff ? 1 : 0, end: text.length };
  if (readRulePath(path).isLegacy) return { frontmatter: undefined, body: all };
  const parts = splitFrontmatter(text);
  switch (parts.kind) {
    case 'frontmatter':
      return { frontmatter: { whole: parts.whole, inner: parts.inner, closed: true }, body: parts.body };
    case 'unclosed':
      return splitHalfTyped(text, parts.fence.start);
    case 'none':
    case 'foreign': {
      const fence = readLine(text, all.start);
      const isFence = text.slice(fence.start, fence.end).trimEnd() === '---';
      return isFence ? splitHalfTyped(text, fence.start) : { frontmatter: undefined, body: parts.body };
    }
  }
}

const maybeKey = /^(?:[A-Za-z_"'][\w"'-]*[ \t]*(?::.*)?|[ \t]+\S.*|- ?.*|-?[ \t]*|#.*)$/;

/** Up to a closing fence if only half-typed keys stand before it, else up to the first blank line. */
function splitHalfTyped(text: string, start: number): Pick<FileRegions, 'frontmatter' | 'body'> {
  const opening = readLine(text, start);
  let line = readLine(text, opening.next);
  for (; line.start < text.length || line.start === opening.next; line = readLine(text, line.next)) {
    const content = text.slice(line.start, line.end);
    if (content.trimEnd() === '---' && line.start > opening.start)
      return close(start, opening, line, text.length);
    if (content.trim() === '' || !maybeKey.test(content) || line.next >= text.length) break;
  }
  const last = text.slice(line.start, line.end);
  const end = last.trim() === '' || maybeKey.test(last) ? line.end : line.start;
  const inner = { start: opening.next, end: Math.max(end, opening.next) };
  const body = { start: Math.min(Math.max(line.next, inner.end), text.length), end: text.length };
  return { frontmatter: { whole: { start, end: inner.end }, inner, closed: false }, body };
}

function close(
  start: number,
  opening: Line,
  closing: Line,
  textLength: number,
): Pick<FileRegions, 'frontmatter' | 'body'> {
  const inner = { start: opening.next, end: closing.start };
  const body = { start: closing.next, end: textLength };
  return { frontmatter: { whole: { start, end: closing.end }, inner, closed: true }, body };
}
