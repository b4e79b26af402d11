import { lineBreakOf } from '../editing/lineBreaks.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.unclosed-frontmatter`: a fence below the last key; certain where a blank line, a heading or nothing follows. */
export const closeFrontmatter: FixFinder = ({ text, file }) => {
  const { end } = file.span;
  const lineBreak = lineBreakOf(text);
  const before = /[\n\r]$/.test(text.slice(0, end)) ? '' : lineBreak;
  const after = end < text.length ? lineBreak : '';
  const isCertain = /^(?:[ \t]*(?:[\n\r]|$)|#)/.test(text.slice(end, end + 200));
  const newText = `${before}---${after}`;
  return [replaceText('Close the frontmatter with `---`', { span: { start: end, end }, newText, isCertain })];
};
