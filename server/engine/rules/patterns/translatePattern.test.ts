import assert from 'node:assert/strict';
import { translatePattern } from './translatePattern.ts';

describe('translatePattern', () => {
  const translated: readonly (readonly [written: string, source: string, flags: string])[] = [
    ['a.b', 'a.b', ''],
    ['(?i)abc', 'abc', 'i'],
    ['(?mi)^a$', '^a$', 'im'],
    ['(?s)(?i)a.b', 'a.b', 'is'],
    ['(?u)a', 'a', ''],
    ['\\Aabc\\Z', '(?<![\\s\\S])abc(?![\\s\\S])', ''],
    ['(?P<word>a)(?P=word)', '(?<word>a)\\k<word>', ''],
    ['a(?#note)b', 'ab', ''],
    ['a{,2}', 'a{,2}', ''],
    ['[^]]', '[^]]', ''],
  ];
  for (const [written, source, flags] of translated) {
    it(`reads ${written}`, () => {
      const result = translatePattern(written, '');
      assert.equal(result.kind, 'pattern');
      assert.deepEqual(result.kind === 'pattern' && [result.pattern.source, result.pattern.flags], [
        source,
        flags,
      ]);
    });
  }

  const invalid: readonly (readonly [written: string, flags: string, words: RegExp])[] = [
    ['(a', '', /Unterminated group/],
    ['[a', '', /`\[` without/],
    ['a**', '', /Nothing to repeat/],
    ['a++', '', /possessive/],
    ['(?>a)', '', /atomic/],
    ['a(?i)b', '', /in its middle/],
    ['(?i:a)', '', /in its middle/],
    ['(?x)a b', '', /begins with `\(\?x\)`/],
    ['a', 'g', /flag `g`/],
    ['a'.repeat(5000), '', /longer than/],
  ];
  for (const [written, flags, words] of invalid) {
    it(`refuses ${written.slice(0, 20)}${flags}`, () => {
      const result = translatePattern(written, flags);
      assert.match(result.kind === 'invalid' ? result.message : '', words);
    });
  }

  it('knows which patterns run in linear time', () => {
    const isLinear = (source: string): boolean => {
      const result = translatePattern(source, 'm');
      return result.kind === 'pattern' && result.pattern.linear !== undefined;
    };
    assert.deepEqual(['(a|a)*b', '\\s+$', '(.*)(.*)x', '[^\\S\\n]+'].map(isLinear), [true, true, true, true]);
    assert.deepEqual(['a(?=b)', '(?<!a)b', '(a)\\1', '(?<x>a)\\k<x>', 'a{1001}'].map(isLinear), [
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
