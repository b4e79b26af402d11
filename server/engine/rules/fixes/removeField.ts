import { readLine } from '../../documents/readLine.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** A field of an entry that says nothing, where it stands on lines of its own; the author may have meant something by it. */
export const removeField: FixFinder = ({ text }, { span }) => {
  const start = findLineStart(text, span.start);
  const before = text.slice(start, span.start);
  const key = /^[ \t]+["']?([\w-]+)["']?[ \t]*:[ \t]*["'|>]?[+-]?[ \t]*$/.exec(before)?.[1];
  if (key === undefined) return [];
  const { next } = readLine(text, Math.max(span.start, span.end - 1));
  return [replaceText(`Remove \`${key}\``, { span: { start, end: next }, newText: '', isCertain: false })];
};
