import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { lineBreakOf } from '../editing/lineBreaks.ts';
import type { TextEdit } from '../textEdit.ts';

/**
 * An edit that puts a field below another one of the same entry; undefined where the entry is not written with a field
 * a line. `value`: where the value of the field `key` stands.
 */
export function insertField(
  text: string,
  value: Span,
  { key, line }: { readonly key: string; readonly line: string },
): TextEdit | undefined {
  const start = findLineStart(text, value.start);
  const before = text.slice(start, value.start);
  const [, indent, dashes = ''] =
    /^([ \t]*)((?:-[ \t]+)*)["']?([\w-]+)["']?[ \t]*:[ \t]*$/.exec(before) ?? [];
  if (indent === undefined || !before.includes(key)) return undefined;
  const { end } = readLine(text, Math.max(value.start, value.end - 1));
  const newText = `${lineBreakOf(text)}${indent}${' '.repeat(dashes.length)}${line}`;
  return { span: { start: end, end }, newText };
}
