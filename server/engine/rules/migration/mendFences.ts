import { lineBreakOf, startOf } from '../editing/lineBreaks.ts';
import { findRuleBlocks } from '../reading/findRuleBlocks.ts';
import type { FileParts } from '../reading/splitFrontmatter.ts';
import type { Mending } from './mendKeys.ts';

/** Frontmatter that begins too late or has no end. */
export function mendFrontmatterFences(text: string, parts: FileParts): readonly Mending[] {
  if (parts.kind === 'unclosed') {
    const at = parts.inner.end;
    return [{ edits: [insertLine(text, at, '---')], change: 'closes the frontmatter' }];
  }
  if (parts.kind !== 'frontmatter' || !parts.late) return [];
  const span = { start: startOf(text), end: parts.whole.start };
  return [{ edits: [{ span, newText: '' }], change: 'moves the frontmatter to the first line' }];
}

/** Blocks whose closing tag is missing, at the end of what was read as theirs where that is certain. */
export function mendBlockTags(text: string, parts: FileParts): readonly Mending[] {
  return findRuleBlocks(text, parts.body)
    .filter(({ closed, endsSurely }) => !closed && endsSurely)
    .map(({ tag, inner }) => {
      const indent = /[ \t]*$/.exec(text.slice(0, tag.start))?.[0] ?? '';
      return {
        edits: [insertLine(text, inner.end, `${indent}</rule>`)],
        change: 'closes the `<rule>` block',
      };
    });
}

/** The line, at an offset where one begins or where the text ends. */
function insertLine(text: string, offset: number, line: string): Mending['edits'][number] {
  const lineBreak = lineBreakOf(text);
  const isOpen = offset > 0 && !/[\n\r]/.test(text[offset - 1] ?? '');
  const newText = isOpen ? `${lineBreak}${line}${lineBreak}` : `${line}${lineBreak}`;
  return { span: { start: offset, end: offset }, newText };
}
