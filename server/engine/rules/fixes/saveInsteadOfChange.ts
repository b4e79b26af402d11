import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.command-on-change`: the event at which a command sees the text. */
export const saveInsteadOfChange: FixFinder = ({ file }) => {
  const change = file.on.find(({ value }) => value === 'change');
  if (change === undefined || file.on.some(({ value }) => value === 'save')) return [];
  return [replaceText('Fire on `save`', { span: change.span, newText: 'save', isCertain: false })];
};
