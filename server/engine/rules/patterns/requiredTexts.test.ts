import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requiredTexts } from './requiredTexts.ts';

describe('requiredTexts', () => {
  const cases: readonly (readonly [pattern: string, texts: readonly string[] | undefined, flags?: string])[] =
    [
      ['debugger', ['debugger']],
      ['^[ \\t]*debugger;?[ \\t]*$', ['debugger']],
      ['\\b(?:describe|it)\\.only\\(', ['.only(']],
      ['\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b', ['AKIA', 'ASIA']],
      ['(?:abc|x)y', undefined],
      ['a|bcd', undefined],
      ['abc|bcd', ['abc', 'bcd']],
      ['abc|', undefined],
      ['ab?cd', ['cd']],
      ['ab*', undefined],
      ['ab+c', ['ab']],
      ['(?:abc)?de', ['de']],
      ['(?:abc)+d', ['abc']],
      ['(?:abc){0,2}d', undefined],
      ['(abc){2}', ['abc']],
      ['x{2}y', undefined],
      ['x{,2}y', ['x{,2}y']],
      ['(?!abc)de', ['de']],
      ['(?<!abc)de', ['de']],
      ['(?=abc)', undefined],
      ['(?<name>abc)d', ['abc']],
      ['[abc]+\\]de[\\]x]', [']de']],
      ['\\x41\\u0042C\\n', ['ABC\n']],
      ['\\cAbc', ['\u0001bc']],
      ['ab\\1', undefined],
      ['(ab)\\1', undefined],
      ['DEBUGGER', undefined, 'i'],
      [`${'('.repeat(60)}abc${')'.repeat(60)}`, undefined],
      [Array.from({ length: 20 }, (_, at) => `word${at}`).join('|'), undefined],
      ['', undefined],
    ];
  for (const [pattern, texts, flags = 'm'] of cases) {
    it(`finds ${JSON.stringify(texts)} in ${pattern.slice(0, 40)}`, () =>
      assert.deepEqual(requiredTexts(pattern, flags), texts));
  }

  const letter = fc.constantFrom(
    'a',
    'b',
    'c',
    '\\.',
    '\\x61',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '\\b',
    '^',
    '{',
    '\\n',
  );
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>((tie) => ({
    pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((all) => all.join('|')),
    sequence: fc.array(tie('part'), { maxLength: 5 }).map((all) => all.join('')),
    part: fc.oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: fc.constantFrom('a', 'b') },
      { weight: 3, arbitrary: letter },
      {
        weight: 2,
        arbitrary: fc
          // What repeats without end does so on a letter that stands at most three times in a row.
          .oneof(
            fc.tuple(fc.constantFrom('a', '[ab]', '.'), fc.constantFrom('?', '{2}', '{0,1}', '{1,2}?')),
            fc.tuple(fc.constantFrom('c'), fc.constantFrom('*', '+', '+?', '{2,}')),
          )
          .map((pair) => pair.join('')),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<n>'),
            tie('pattern'),
            fc.constantFrom('', '?', '{1,2}'),
          )
          .map(([open, inner, quantifier]) => `${open}${inner})${/[=!]$/.test(open) ? '' : quantifier}`),
      },
    ),
  }));
  // Every three of these letters stand somewhere side by side.
  const letters = ['a', 'b', 'c', '.', '\n'];
  const subject = letters.flatMap((x) => letters.flatMap((y) => letters.map((z) => x + y + z))).join('');

  it('never asks for a text that a match does without', () => {
    let compared = 0;
    fc.assert(
      fc.property(pattern, (source) => {
        const matcher = compile(source);
        const texts = requiredTexts(source, 'm');
        if (matcher === undefined || texts === undefined) return;
        for (const [match] of subject.matchAll(matcher)) {
          compared += 1;
          assert.ok(
            texts.some((each) => match.includes(each)),
            `${source} matches ${JSON.stringify(match)} without ${texts.join()}`,
          );
        }
      }),
      { numRuns: 5000 },
    );
    assert.ok(compared > 2000, `${compared} matches were compared`);
  });
});

/** undefined when two groups have one name. */
function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'gm');
  } catch {
    return undefined;
  }
}
