import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.glob-repeats-folder`: the glob as it is relative to the folder of its rule. */
export const dropFolderFromGlob: FixFinder = ({ text, file }, { span }) => {
  const glob = text.slice(span.start, span.end);
  const [, mark = '', rest = ''] = /^(!?)(?:\.?\/)*(.*)$/.exec(glob) ?? [];
  if (!rest.startsWith(`${file.scope}/`)) return [];
  const newText = `${mark}${rest.slice(file.scope.length + 1)}`;
  return [replaceText(`Change to \`${newText}\``, { span, newText, isCertain: true })];
};
