import { foldLookAlikes } from '../../safety/lookAlikes.ts';
import { isOneSlip } from '../vocabulary/oneSlip.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** For all codes of unknown words: the nearest known one. */
export const nearestKnownWord: FixFinder = ({ text }, { span, data }) => {
  const near = data?.['near'];
  const word = text.slice(span.start, span.end);
  if (near === undefined || near === word) return [];
  return [replaceText(`Change to \`${near}\``, { span, newText: near, isCertain: isPlainSlip(word, near) })];
};

/** Same letters, or one letter wrong in a word that is long enough: nothing else can have been meant. */
function isPlainSlip(word: string, near: string): boolean {
  const [left, right] = [normalise(word), normalise(near)];
  if (left === right) return true;
  return Math.min(left.length, right.length) >= 4 && isOneSlip(left, right);
}

function normalise(word: string): string {
  return foldLookAlikes(word)
    .toLowerCase()
    .replaceAll(/[\s_\-\u00AD\u200B-\u200D\u2060]/g, '');
}
