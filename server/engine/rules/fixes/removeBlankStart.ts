import { startOf } from '../editing/lineBreaks.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.late-frontmatter`: without the blank lines above the fence. */
export const removeBlankStart: FixFinder = ({ text }, { span }) => {
  const above = { start: startOf(text), end: span.start };
  return [replaceText('Remove the blank lines above', { span: above, newText: '', isCertain: true })];
};
