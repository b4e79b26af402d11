import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.hidden-characters`: unusual spaces become plain ones, line separators line breaks, the rest goes. */
export const removeHidden: FixFinder = ({ text }, { span, severity }) => {
  const hidden = text.slice(span.start, span.end);
  const newText = hidden
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .replaceAll('\u00A0', ' ')
    .replaceAll(/[^\n ]/g, '');
  const title = severity === 'error' ? 'Remove the characters that nobody sees' : 'Write plain white space';
  return [replaceText(title, { span, newText, isCertain: true })];
};
