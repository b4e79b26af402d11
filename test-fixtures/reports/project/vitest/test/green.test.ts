import { describe, expect, it, test } from 'vitest';
import { add, type Numbers } from '../src/calc.ts';

const numbers: Numbers = { a: 1, b: 2 };

test('adds', () => expect(add(numbers.a, numbers.b)).toBe(3));

describe('outer', () => {
  describe('inner', () => {
    for (const name of ['a::b', 'ü <&> "\'', '\u001B[31m', 'line\nbreak', 'same', 'same', '(a|b)* [x] $1 \\'])
      it(name, () => expect(name).toBe(name));
  });
  it.skip('skipped', () => expect(1).toBe(2));
  it.todo('todo');
});

describe.each([{ n: 1 }, { n: 2 }])('group $n', ({ n }) => {
  it.each([[1, 2], [3, 4]])('%i and %i', (a, b) => expect(add(a, b)).toBe(a + b + n - n));
});

test.fails('fails as expected', () => expect(1).toBe(2));
test('prints', () => console.log('{"type":"end"}'));
