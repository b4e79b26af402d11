import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** For words that are understood, or can mean one thing only: the name that the documentation uses. */
export const nameCanonically: FixFinder = ({ text }, { span, data }) => {
  const near = data?.['near'];
  if (near === undefined || text.slice(span.start, span.end) === near) return [];
  return [replaceText(`Change to \`${near}\``, { span, newText: near, isCertain: true })];
};
