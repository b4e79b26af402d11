import { readLine } from '../../documents/readLine.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.unused-suppression`: the comment goes, and its line with it where nothing else stands there. */
export const removeSuppression: FixFinder = ({ text }, { span }) => {
  const start = findLineStart(text, span.start);
  const { end, next } = readLine(text, start);
  const before = text.slice(start, span.start);
  const after = text.slice(span.end, end);
  const isAlone = before.trim() === '' && after.trim() === '';
  const isComment = /^(?:#|<!--)/.test(text.slice(span.start, span.end));
  const inLine = isComment
    ? { start: span.start - (before.length - before.trimEnd().length), end: span.end }
    : codeInList(text, span);
  const title = isComment ? 'Remove this comment' : 'Remove this code';
  return [
    replaceText(title, { span: isAlone ? { start, end: next } : inLine, newText: '', isCertain: true }),
  ];
};

/** One of several codes, with a comma beside it. */
function codeInList(text: string, span: { readonly start: number; readonly end: number }) {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(span.end, span.end + 20))?.[0].length ?? 0;
  if (after > 0) return { start: span.start, end: span.end + after };
  const before = /,?[ \t]*$/.exec(text.slice(Math.max(0, span.start - 20), span.start))?.[0].length ?? 0;
  return { start: span.start - before, end: span.end };
}
