import { foldLookAlikes } from '../../safety/lookAlikes.ts';
import type { Located } from '../../documents/span.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.look-alike-characters`: a word of Latin letters with a letter of another script among them, as in `srс`. */
export const lookAlikeCharacters: RuleCheck = ({ text, rule }) => {
  if (rule.form !== 'file') return [];
  const named: Located<string>[] = [...rule.globs, ...rule.extends];
  const name = rule.written.get('name');
  if (name !== undefined) named.push({ value: text.slice(name.start, name.end), span: name });
  return named.flatMap(({ span }) => findMixedWords(text.slice(span.start, span.end), span.start));
};

function findMixedWords(written: string, start: number) {
  if (/^[\x00-\x7F]*$/.test(written)) return [];
  return Array.from(written.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)).flatMap((match) => {
    const [word] = match;
    const folded = foldLookAlikes(word);
    if (!/[A-Za-z]/.test(word) || folded === word || !/^[\x00-\x7F]+$/.test(folded)) return [];
    const odd = Array.from(word).filter((letter) => letter > '\u007F');
    const codes = odd.map(
      (letter) =>
        `${letter} is U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
    const message = `\`${word}\` mixes letters of several alphabets (${codes.slice(0, 3).join(', ')}) and is not \`${folded}\`, which it looks like.`;
    const at = start + match.index;
    const span = { start: at, end: at + word.length };
    return [
      {
        code: 'rule.look-alike-characters',
        severity: 'warning',
        message,
        span,
        data: { near: folded },
      } as const,
    ];
  });
}
