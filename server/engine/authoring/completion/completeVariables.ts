import { variableDocs } from '../../rules/vocabulary/variableDocs.ts';
import type { Cursor } from './cursor.ts';
import { siblingText } from './cursor.ts';
import type { Proposal } from './proposal.ts';

/** `{…` in a text where variables are replaced; undefined elsewhere. */
export function completeVariables(cursor: Cursor): readonly Proposal[] | undefined {
  const { document, offset } = cursor;
  const { text } = document;
  if (!replacesVariables(cursor)) return undefined;
  const open = /\{([A-Za-z]*)$/.exec(text.slice(Math.max(0, offset - 32), offset));
  if (open === null) return undefined;
  const start = offset - (open[1]?.length ?? 0) - 1;
  const after = /^[A-Za-z]*\}?/.exec(text.slice(offset, offset + 32))?.[0] ?? '';
  const span = { start, end: offset + after.length };
  return Object.entries(variableDocs).map(([name, { summary }]) => ({
    kind: 'variable',
    label: `{${name}}`,
    documentation: summary,
    snippet: `{${name}\\}`,
    span,
  }));
}

/** In actions of frontmatter, and in the pattern of `exists` and `missing`. */
export function replacesVariables(cursor: Cursor): boolean {
  const { region, path, kind } = cursor.place;
  if (region !== 'frontmatter' || kind === 'key') return false;
  if (path[0] === 'actions') return path.length > 2 && !['type', 'conditions', 'id'].includes(path[2] ?? '');
  return (
    path.join('.') === 'filters.-.pattern' &&
    /^(?:exists|missing|related_file)$/.test(siblingText(cursor, 'type') ?? '')
  );
}
