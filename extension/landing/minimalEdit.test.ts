import assert from 'node:assert/strict';
import { computeMinimalEdit, isSameText, withLineEnds } from './minimalEdit.ts';

function apply(before: string, after: string): string {
  const edit = computeMinimalEdit(before, after);
  return edit ? before.slice(0, edit.start) + edit.text + before.slice(edit.end) : before;
}

describe('computeMinimalEdit', () => {
  for (const [what, before, after, expected] of [
    ['an insertion', 'ac', 'abc', { start: 1, end: 1, text: 'b' }],
    ['a deletion', 'abc', 'ac', { start: 1, end: 2, text: '' }],
    ['a replacement', 'a1c', 'a2c', { start: 1, end: 2, text: '2' }],
    ['an append', 'a\n', 'a\nb\n', { start: 2, end: 2, text: 'b\n' }],
    ['a repeated letter', 'aa', 'aaa', { start: 2, end: 2, text: 'a' }],
    ['a new text', '', 'x', { start: 0, end: 0, text: 'x' }],
    ['an emptied text', 'x', '', { start: 0, end: 1, text: '' }],
    ['a changed half of a surrogate pair', '\u{1f600}', '\u{1f601}', { start: 0, end: 2, text: '\u{1f601}' }],
    [
      'a shared second half of a pair',
      '\ud83d\ude00',
      '\ud83c\ude00',
      { start: 0, end: 2, text: '\ud83c\ude00' },
    ],
    ['a line feed that becomes CRLF', 'a\nb', 'a\r\nb', { start: 1, end: 2, text: '\r\n' }],
  ] as const) {
    it(`covers ${what} and nothing more`, () => {
      assert.deepEqual(computeMinimalEdit(before, after), expected);
    });
  }

  it('says nothing about equal texts', () => assert.equal(computeMinimalEdit('same', 'same'), undefined));

  it('gives the wanted text for all pairs of short texts', () => {
    const letters = ['a', 'b', '\r\n', '\n', '\u{1f600}', '\u{1f601}'];
    const texts = ['', ...letters, ...letters.flatMap((one) => letters.map((other) => one + other))];
    for (const before of texts) for (const after of texts) assert.equal(apply(before, after), after);
  });
});

describe('isSameText', () => {
  for (const [one, other, expected] of [
    ['a\nb', 'a\r\nb', true],
    ['\uFEFFa', 'a', true],
    ['a\rb', 'a\nb', true],
    ['a', 'b', false],
    ['a\n', 'a', false],
  ] as const) {
    it(`finds ${JSON.stringify(one)} and ${JSON.stringify(other)} ${expected ? 'the same' : 'different'}`, () => {
      assert.equal(isSameText(one, other), expected);
    });
  }
});

describe('withLineEnds', () => {
  it('gives every line the same end', () => {
    assert.equal(withLineEnds('\uFEFFa\r\nb\rc\n', '\r\n'), 'a\r\nb\r\nc\r\n');
  });
});
