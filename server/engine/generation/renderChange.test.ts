import assert from 'node:assert/strict';
import { renderChange } from './renderChange.ts';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;
const before = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');

describe('what changed last', () => {
  it('shows the changed lines with two around them, and nothing of a machine', () => {
    assert.equal(
      renderChange(before, before.replace('d', 'D')),
      ['@@ line 2 @@', ' b', ' c', '-d', '+D', ' e', ' f'].join('\n'),
    );
  });

  const nothing: readonly [string, string, string][] = [
    ['a text that did not change', before, before],
    ['other line ends', before, before.replaceAll('\n', '\r\n')],
    ['a byte order mark', before, `\uFEFF${before}`],
    ['a rewrite', before, before.toUpperCase()],
    [
      'a change that is longer than it helps',
      lines(...Array.from({ length: 900 }, (_, index) => `x${index}`)),
      lines(...Array.from({ length: 900 }, (_, index) => (index % 5 === 0 ? `y${index}` : `x${index}`))),
    ],
  ];
  for (const [title, old, now] of nothing)
    it(`says nothing for ${title}`, () => assert.equal(renderChange(old, now), undefined));
});
