import type { Span } from '../../documents/span.ts';
import { readLine } from '../../documents/readLine.ts';
import { readTextLines } from './findCode.ts';

/** A heading of a Markdown text. */
interface Heading {
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  /** Where its line starts. */
  readonly start: number;
}

/** The headings of a region in source order; those in code fences are none. */
function findHeadings(text: string, region: Span): readonly Heading[] {
  const headings: Heading[] = [];
  let before: { readonly start: number; readonly title: string } | undefined;
  for (const { start } of readTextLines(text, region)) {
    const content = text.slice(start, readLine(text, start, region.end).end);
    const [, marks, title = ''] = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/.exec(content) ?? [];
    const underline = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(content)?.[1];
    if (marks !== undefined) headings.push({ title: title.trim(), level: marks.length, start });
    else if (underline !== undefined && before !== undefined)
      headings.push({ ...before, level: underline.startsWith('=') ? 1 : 2 });
    const isText = /^ {0,3}[^\s#>|<*+-]/.test(content) && underline === undefined;
    before = isText ? { start, title: content.trim() } : undefined;
  }
  return headings;
}

/**
 * The part under a heading, from its line to the next heading of the same level or above. The heading is found by its
 * words or by its anchor, whatever its case; undefined when there is none.
 */
export function findSection(text: string, region: Span, heading: string): Span | undefined {
  const headings = findHeadings(text, region);
  const wanted = toAnchor(heading);
  const at = headings.findIndex(({ title }) => toAnchor(title) === wanted);
  const found = headings[at];
  if (found === undefined) return undefined;
  const next = headings.slice(at + 1).find(({ level }) => level <= found.level);
  return { start: found.start, end: next?.start ?? region.end };
}

/** As addresses of headings are written: `Naming & style` is `naming--style`. */
function toAnchor(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
