import { findDoc } from '../../rules/vocabulary/wordDoc.ts';
import { variableDocs } from '../../rules/vocabulary/variableDocs.ts';
import { replacesVariables } from '../completion/completeVariables.ts';
import type { Cursor } from '../completion/cursor.ts';
import type { Hover } from './hover.ts';
import { code } from './markdown.ts';

/** What `{file}` and its like stand for. */
export function hoverVariable(cursor: Cursor): Hover | undefined {
  const { document, offset } = cursor;
  if (!replacesVariables(cursor)) return undefined;
  const before = /\{[A-Za-z]*$/.exec(document.text.slice(Math.max(0, offset - 32), offset))?.[0];
  const after = /^[A-Za-z]*\}/.exec(document.text.slice(offset, offset + 32))?.[0];
  if (before === undefined || after === undefined) return undefined;
  const written = before + after;
  const doc = findDoc(variableDocs, written.slice(1, -1));
  const span = { start: offset - before.length, end: offset + after.length };
  return doc && { markdown: `${code(written)}: ${doc.summary}`, span };
}
