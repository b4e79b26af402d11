import { describe, expect, it, test } from '@jest/globals';
import { add } from '../src/calc';

test('adds', () => expect(add({ a: 1, b: 2 })).toBe(3));
test('adds more', () => expect(add({ a: 1, b: 2 })).toBe(4));

describe('a group', () => {
  it('adds (really) [1] | $x', () => expect(add({ a: 1, b: 1 })).toBe(2));
  it.each([1, 2])('adds %i', (a) => expect(add({ a, b: 0 })).toBe(a));
  it.skip('skips', () => expect(1).toBe(2));
});
