import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.bare-glob`: the same in all folders; certain where the top folder has no such file and one below has. */
export const widenBareGlob: FixFinder = ({ text }, { span, data }) => {
  const glob = text.slice(span.start, span.end);
  const isCertain = data?.['here'] === '0' && Number(data['below']) > 0;
  return [replaceText(`Change to \`**/${glob}\``, { span, newText: `**/${glob}`, isCertain })];
};
