import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findBlockEnd } from './findBlockEnd.ts';

/** A `<rule>` block of a body. */
export interface RuleBlock {
  /** Both tags included. */
  readonly whole: Span;
  /** Between the tags. */
  readonly inner: Span;
  /** The opening tag. */
  readonly tag: Span;
  /** False when the closing tag is missing; the block then ends as `findBlockEnd` says. */
  readonly closed: boolean;
  /** Whether it is certain where the block ends: always where it is closed. */
  readonly endsSurely: boolean;
}

/**
 * Blocks whose tags stand on lines of their own, in source order. Inside a code fence or an `<example>` they are text:
 * they show how a rule is written.
 */
export function findRuleBlocks(text: string, body: Span): readonly RuleBlock[] {
  if (text.indexOf('<rule>', body.start) < 0) return [];
  const blocks: RuleBlock[] = [];
  const examples = findExamples(text, body);
  let fence: string | undefined;
  for (let at = body.start; at < body.end;) {
    const line = readLine(text, at, body.end);
    const content = text.slice(line.start, line.end);
    if (fence === undefined && isTag(content, '<rule>')) {
      const block = readBlock(text, line.start, body.end);
      blocks.push(block);
      at = Math.max(block.whole.end, line.next);
      continue;
    }
    fence = nextFence(fence, content);
    at = examples.get(line.start) ?? line.next;
  }
  return blocks;
}

const exampleTag = /^\s*<example(?:\s[^>]*)?>\s*$/;

/** Examples with a closing tag: the start of their first line to the end of their last one. They may nest. */
export function findExamples(text: string, body: Span): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  if (text.indexOf('<example', body.start) < 0) return ends;
  const open: number[] = [];
  let fence: string | undefined;
  for (let at = body.start; at < body.end;) {
    const line = readLine(text, at, body.end);
    const content = text.slice(line.start, line.end);
    fence = nextFence(fence, content);
    if (fence === undefined && exampleTag.test(content)) open.push(line.start);
    else if (fence === undefined && isTag(content, '</example>')) {
      const start = open.pop();
      if (start !== undefined) ends.set(start, line.next);
    }
    at = line.next;
  }
  return ends;
}

function isTag(content: string, tag: string): boolean {
  return content.trim() === tag;
}

/** The fence that is open after the line: its characters, to be closed by at least as many of them. */
export function nextFence(open: string | undefined, content: string): string | undefined {
  const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(content);
  if (marks === null) return open;
  const [, run = '', rest = ''] = marks;
  if (open === undefined) return run.startsWith('`') && rest.includes('`') ? undefined : run;
  const closes = run[0] === open[0] && run.length >= open.length && rest.trim() === '';
  return closes ? undefined : open;
}

function readBlock(text: string, start: number, limit: number): RuleBlock {
  const opening = readLine(text, start, limit);
  const column = indentOf(text.slice(opening.start, opening.end));
  const tag = { start: start + column, end: start + column + '<rule>'.length };
  for (let at = opening.next; at < limit;) {
    const line = readLine(text, at, limit);
    const content = text.slice(line.start, line.end);
    const isOutside = indentOf(content) <= column;
    if (isOutside && isTag(content, '</rule>')) {
      return {
        whole: { start: tag.start, end: line.end },
        inner: { start: opening.next, end: line.start },
        tag,
        closed: true,
        endsSurely: true,
      };
    }
    if (isOutside && isTag(content, '<rule>'))
      return endOpen(text, tag, { start: opening.next, end: line.start });
    at = line.next;
  }
  return endOpen(text, tag, { start: opening.next, end: limit });
}

/** A block without a closing tag; `open`: up to the next one, or to the end of the text. */
function endOpen(text: string, tag: Span, open: Span): RuleBlock {
  const { end, endsSurely } = findBlockEnd(text, open);
  return {
    whole: { start: tag.start, end: Math.max(end, tag.end) },
    inner: { start: open.start, end },
    tag,
    closed: false,
    endsSurely,
  };
}

function indentOf(content: string): number {
  return content.length - content.trimStart().length;
}
