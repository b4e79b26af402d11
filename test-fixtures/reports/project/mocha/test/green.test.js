import assert from 'node:assert/strict';
import { add } from '../src/calc.js';

it('adds', () => assert.equal(add(1, 2), 3));

describe('outer', () => {
  describe('inner', () => {
    for (const name of ['a::b', 'ü <&> "\'', '\u001B[31m', 'line\nbreak', 'same', 'same', '(a|b)* [x] $1 \\'])
      it(name, () => assert.equal(name, name));
  });
  it.skip('skipped', () => assert.equal(1, 2));
  it('todo');
});

for (const n of [1, 2])
  describe(`group ${n}`, () => {
    for (const [a, b] of [[1, 2], [3, 4]]) it(`${a} and ${b}`, () => assert.equal(add(a, b), a + b));
  });

it('skips itself', function () {
  this.skip();
});
it('prints', () => console.log('{"type":"end"}'));
