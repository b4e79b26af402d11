import type { Change } from './mutationLanguage.ts';

const word = /[\p{L}\p{N}_$]/u;
const sign = /[+\-*/%<>=&|^!~?:]/;

/** The replacement with a space where it would run into what stands before or after it and be read as one word or sign. */
export function padReplacement(text: string, { start, end, replacement }: Change): string {
  const before = start === 0 ? '' : text.charAt(start - 1);
  const after = text.charAt(end);
  if (replacement === '') return sticks(before, after) ? ' ' : '';
  const head = sticks(before, replacement.charAt(0)) ? ' ' : '';
  const tail = sticks(replacement.charAt(replacement.length - 1), after) ? ' ' : '';
  return `${head}${replacement}${tail}`;
}

function sticks(left: string, right: string): boolean {
  return (word.test(left) && word.test(right)) || (sign.test(left) && sign.test(right));
}
