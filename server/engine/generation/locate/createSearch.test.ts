import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSearch } from './createSearch.ts';

function indexesBy(next: (from: number) => number): readonly number[] {
  const found: number[] = [];
  for (let at = next(0); at >= 0; at = next(at + 1)) found.push(at);
  return found;
}

function assertSame(text: string, words: string): void {
  assert.deepEqual(
    indexesBy(createSearch(text, words)),
    indexesBy((from) => text.indexOf(words, from)),
  );
}

describe('createSearch', () => {
  it('finds what indexOf finds, in texts large enough for samples and others', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'Z', ' ', 'é'),
      minLength: 1,
      maxLength: 12,
    });
    const texts = fc.array(word, { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(texts, word, fc.nat(60), (parts, words, repeats) => {
        assertSame(parts.join('').repeat(repeats), words);
      }),
      { numRuns: 300 },
    );
  });

  it('finds words whose rare part stands in many other places that no sample shows', () => {
    const plain = 'abcdefgh'.repeat(4_000);
    const misleading = 'Zebra; '.repeat(3_000);
    assertSame(`${plain}${misleading}striped Zebra; ${plain}${misleading}striped Zebra; `, 'striped Zebra; ');
    assertSame(`${'a'.repeat(20_000)}Zebra`, 'Zebra');
    assertSame(`Zebra${'a'.repeat(20_000)}`, 'Zebra');
  });
});
