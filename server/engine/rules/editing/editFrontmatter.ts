import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import type { TextEdit } from '../textEdit.ts';
import { removeKey, renameKey, setKey } from './editKeys.ts';
import { readFrontmatterRegion, type KeyRegion } from './keyRegion.ts';
import { lineBreakOf, startOf } from './lineBreaks.ts';
import { renderValue, type KeyValue } from './renderValue.ts';

/** One change of the frontmatter of a rule file. */
export type FrontmatterChange =
  | { readonly kind: 'set'; readonly key: string; readonly value: KeyValue }
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'rename'; readonly key: string; readonly name: string };

export type FrontmatterEdit =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  /** `reason` is a whole sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The edits of one change, to the byte: comments, line breaks, a byte order mark and all other keys stay. A file without
 * frontmatter gets one when a key is set. Frontmatter that is not closed or not in YAML is refused: where it ends, and
 * what it says, is not known for sure.
 */
export function editFrontmatter(text: string, change: FrontmatterChange): FrontmatterEdit {
  const parts = splitFrontmatter(text);
  switch (parts.kind) {
    case 'none':
      return { kind: 'edits', edits: change.kind === 'set' ? [insertFrontmatter(text, [change])] : [] };
    case 'frontmatter':
      return { kind: 'edits', edits: changeKeys(readFrontmatterRegion(text, parts.inner), change) };
    case 'unclosed':
      return {
        kind: 'refused',
        reason: 'The frontmatter is not closed: write `---` below its last key first.',
      };
    case 'foreign':
      return { kind: 'refused', reason: 'The frontmatter is in another language and is not read.' };
  }
}

function changeKeys(region: KeyRegion, change: FrontmatterChange): readonly TextEdit[] {
  switch (change.kind) {
    case 'set':
      return setKey(region, change.key, change.value);
    case 'remove':
      return removeKey(region, change.key);
    case 'rename':
      return renameKey(region, change.key, change.name);
  }
}

/** Frontmatter at the top of a text that has none; the whole text is its body afterwards. */
export function insertFrontmatter(
  text: string,
  keys: readonly { readonly key: string; readonly value: KeyValue }[],
): TextEdit {
  const lineBreak = lineBreakOf(text);
  const lines = [
    '---',
    ...keys.map(({ key, value }) => `${key}: ${renderValue(value)}`.trimEnd()),
    '---',
    '',
  ];
  const start = startOf(text);
  return { span: { start, end: start }, newText: lines.join(lineBreak) };
}
