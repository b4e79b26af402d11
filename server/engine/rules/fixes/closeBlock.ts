import { lineBreakOf } from '../editing/lineBreaks.ts';
import { findRuleBlocks } from '../reading/findRuleBlocks.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.unclosed-block`: the tag below its last line; certain where that line is plainly one of the block. */
export const closeBlock: FixFinder = ({ text, file }, { span }) => {
  const block = findRuleBlocks(text, { start: file.span.end, end: text.length }).find(
    ({ tag }) => tag.start === span.start,
  );
  if (block === undefined || block.closed) return [];
  const written = text.slice(block.inner.start, block.inner.end).trimEnd();
  const end = written === '' ? block.tag.end : block.inner.start + written.length;
  const newText = `${lineBreakOf(text)}</rule>`;
  const isCertain =
    written.split(/[\n\r]+/).every((line) => /^(?:\s|[a-z_]+:|- |#|$)/.test(line)) &&
    !/[\n\r][ \t]*(?:\r\n|\n|\r)\S/.test(written);
  return [replaceText('Close the block with `</rule>`', { span: { start: end, end }, newText, isCertain })];
};
