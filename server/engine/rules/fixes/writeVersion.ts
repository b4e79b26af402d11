import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.bad-version`: the only version in the text, without the words around it. */
export const writeVersion: FixFinder = ({ text }, { span }) => {
  const found =
    text.slice(span.start, span.end).match(/(?<![\w.])v?\d{1,9}(?:\.\d{1,9}){1,3}(?![\w.])/g) ?? [];
  const [newText, ...others] = found;
  if (newText === undefined || others.length > 0) return [];
  return [replaceText(`Change to \`${newText}\``, { span, newText, isCertain: true })];
};
