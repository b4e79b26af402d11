import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shuffle } from './shuffle.ts';

describe('shuffle', () => {
  it('keeps what there is, and gives one order for one seed', () =>
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
        const byValue = (one: number, other: number): number => one - other;
        assert.deepEqual([...shuffle(list, seed)].sort(byValue), [...list].sort(byValue));
        assert.deepEqual(shuffle(list, seed), shuffle(list, seed));
      }),
    ));

  it('gives each order about as often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6_000; seed += 1) {
      const order = shuffle(['a', 'b', 'c'], seed).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    for (const [order, count] of counts) assert.ok(count > 800 && count < 1_200, `${order}: ${count}`);
  });
});
