import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import type { RuleBlock } from '../../rules/reading/findRuleBlocks.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { Outline } from './outlineNode.ts';
import { parseOutline } from './parseOutline.ts';
import { findRegions, type FileRegions } from './regions.ts';

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly title: string;
  /** Of the title. */
  readonly span: Span;
  /** The whole line. */
  readonly line: Span;
  /** Up to the next heading of the same level or above, without blank lines at its end. */
  readonly section: Span;
}

export interface BlockOutline {
  readonly block: RuleBlock;
  readonly outline: Outline;
}

/** What stands where in a rule file, for features that look at the text and not at its meaning. */
export interface DocumentOutline extends FileRegions {
  readonly keys: Outline | undefined;
  readonly blockKeys: readonly BlockOutline[];
  readonly headings: readonly Heading[];
  /** Code fences of the body, with their marks. */
  readonly fences: readonly Span[];
}

// Documents are immutable, and one is asked about many times between two keystrokes.
const known = new WeakMap<RuleDocument, DocumentOutline>();

export function outlineOf(document: RuleDocument): DocumentOutline {
  const found = known.get(document);
  if (found !== undefined) return found;
  const outline = createOutline(document);
  known.set(document, outline);
  return outline;
}

function createOutline({ path, text }: RuleDocument): DocumentOutline {
  const regions = findRegions(path, text);
  const inner = regions.frontmatter?.inner;
  return {
    ...regions,
    keys: inner && parseOutline(text, inner),
    blockKeys: regions.blocks.map((block) => ({ block, outline: parseOutline(text, block.inner) })),
    ...scanBody(text, regions),
  };
}

/** The headings of a Markdown text, its frontmatter left out if it has one. */
export function findHeadings(path: string, text: string): readonly Heading[] {
  return scanBody(text, findRegions(path, text)).headings;
}

interface OpenHeading extends Omit<Heading, 'section'> {
  readonly start: number;
}

function scanBody(text: string, { body, blocks }: FileRegions): Pick<DocumentOutline, 'headings' | 'fences'> {
  const found: OpenHeading[] = [];
  const fences: Span[] = [];
  let fence: { readonly start: number; readonly marks: string } | undefined;
  let lastEnd = body.start;
  let nextBlock = 0;
  for (let at = body.start; at < body.end;) {
    const line = readLine(text, at, body.end);
    while ((blocks[nextBlock]?.whole.end ?? body.end) <= at && nextBlock < blocks.length) nextBlock += 1;
    const block = blocks[nextBlock]?.whole;
    const isBlock = block !== undefined && block.start >= line.start && block.start < line.next;
    at = isBlock && fence === undefined ? Math.max(block.end, line.next) : line.next;
    if (isBlock && fence === undefined) continue;
    const content = text.slice(line.start, line.end);
    if (content.trim() !== '') lastEnd = line.end;
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(content);
    if (fence !== undefined) {
      const [, run = '', rest = ''] = marks ?? [];
      if (run[0] !== fence.marks[0] || run.length < fence.marks.length || rest.trim() !== '') continue;
      fences.push({ start: fence.start, end: line.end });
      fence = undefined;
    } else if (marks !== null && !(marks[1]?.startsWith('`') && marks[2]?.includes('`'))) {
      fence = { start: line.start, marks: marks[1] ?? '' };
    } else {
      const heading = readHeading(content, line.start, line.end);
      if (heading !== undefined) found.push(heading);
    }
  }
  if (fence !== undefined) fences.push({ start: fence.start, end: Math.max(lastEnd, fence.start) });
  return { headings: toSections(text, found, body.end), fences };
}

function readHeading(content: string, start: number, end: number): OpenHeading | undefined {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(content);
  if (marks === null) return undefined;
  const closed = content.slice(marks[0].length).trimEnd();
  // Marks at the end belong to the title only if they touch it.
  const open = closed.replace(/#+$/, '');
  const title = (/(?:^|[ \t])$/.test(open) ? open : closed).trim();
  const titleStart = title === '' ? start + marks[0].length : start + content.indexOf(title, marks[0].length);
  const span = { start: titleStart, end: titleStart + title.length };
  return { level: marks[1]?.length ?? 1, title, span, line: { start, end }, start };
}

/** From the last to the first, so that the next heading of each level is known. */
function toSections(text: string, found: readonly OpenHeading[], limit: number): readonly Heading[] {
  const nextOfLevel = Array.from({ length: maxLevel + 1 }, () => limit);
  const headings = found.toReversed().map(({ start, ...heading }) => {
    const { level, line } = heading;
    let end = Math.min(...nextOfLevel.slice(0, level + 1));
    while (end > line.end && /\s/.test(text[end - 1] ?? '')) end -= 1;
    nextOfLevel[level] = start;
    return { ...heading, section: { start, end } };
  });
  return headings.toReversed();
}

const maxLevel = 6;
