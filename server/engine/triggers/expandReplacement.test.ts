import assert from 'node:assert/strict';
import fc from 'fast-check';
import { latePatterns, scriptPatterns as patterns } from '../../test/scriptPatterns.ts';
import type { Span } from '../documents/span.ts';
import { expandReplacement } from './expandReplacement.ts';
import { captureMatches, searchPattern } from './searchPattern.ts';

const signal = new AbortController().signal;
async function replaceAll(source: string, text: string, template: string): Promise<string> {
  const request = { source, flags: 'm' };
  const found = await searchPattern(request, text, { patterns, signal });
  assert.equal(found.kind, 'matches');
  let result = '';
  let from = 0;
  const spans = found.kind === 'matches' ? found.spans : [];
  const captured = await captureMatches(request, { text, spans }, { patterns, signal });
  for (const [index, span] of spans.entries()) {
    const captures = captured[index];
    assert.ok(captures !== undefined, `${source} at ${span.start}`);
    result +=
      text.slice(from, span.start) + expandReplacement(template, { ...captures, text, start: span.start });
    from = span.end;
  }
  return result + text.slice(from);
}

describe('what a fix puts in the place of a match', () => {
  const sources = [
    ['a literal', 'ab'],
    ['groups', '(a)(b)?'],
    ['a name', '(?<n>a)(b)'],
    ['a repetition, in linear time', '(a+)(b*)'],
    ['a repetition with a name', '(?<n>[ab]+)(c)?'],
    ['no width', '^'],
    ['lookaround, in the worker', '(a+)(?=(b))'],
    ['a back reference, in the worker', '(a|b)\\1+'],
    ['eleven groups', '(a)(a)?(a)?(a)?(a)?(a)?(a)?(a)?(a)?(a)?(b)?'],
    ['letters beyond the first plane', '(😀+)(.)?'],
  ] as const;
  for (const [title, source] of sources)
    it(`is what JavaScript puts there: ${title}`, async () => {
      const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n', ' ', '😀'), maxLength: 30 });
      const piece = fc.constantFrom(
        '$$',
        '$&',
        '$`',
        "$'",
        '$',
        '$0',
        '$1',
        '$2',
        '$01',
        '$11',
        '$99',
        '$<n>',
        '$<m>',
        '$<',
        'x',
        '1',
        '>',
      );
      const template = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
      await fc.assert(
        fc.asyncProperty(text, template, async (given, written) => {
          const expected = given.replaceAll(new RegExp(source, 'gm'), written);
          assert.equal(await replaceAll(source, given, written), expected);
        }),
      );
    });

  it('is known for no place where the pattern does not match, and for none when it takes too long', async () => {
    const groupsOf = async (source: string, span: Span, late = patterns) =>
      captureMatches({ source, flags: 'm' }, { text: 'baa', spans: [span] }, { patterns: late, signal });
    assert.deepEqual(await groupsOf('a+', { start: 0, end: 1 }), [undefined]);
    assert.deepEqual(await groupsOf('(', { start: 0, end: 1 }), [undefined]);
    assert.deepEqual(await groupsOf('a+', { start: 1, end: 3 }, latePatterns), [undefined]);
    assert.deepEqual(await groupsOf('a+', { start: 1, end: 3 }), [{ groups: ['aa'], named: undefined }]);
  });
});
