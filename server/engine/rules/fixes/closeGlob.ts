import { usesBackslashes } from '../globs/compileGlob.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.bad-glob`: slashes between folders, the quote that closes, a path without the workspace folder in front. */
export const closeGlob: FixFinder = ({ text }, { span }) => {
  const glob = text.slice(span.start, span.end);
  if (usesBackslashes(glob)) {
    const newText = glob.replaceAll('\\', '/');
    return [replaceText(`Change to \`${newText}\``, { span, newText, isCertain: true })];
  }
  const quote = glob[0];
  if ((quote === '"' || quote === "'") && !glob.slice(1).includes(quote)) {
    const end = { start: span.end, end: span.end };
    const isCertain = !/[,[\]]/.test(glob);
    return [replaceText(`Close with \`${quote}\``, { span: end, newText: quote, isCertain })];
  }
  return [];
};
