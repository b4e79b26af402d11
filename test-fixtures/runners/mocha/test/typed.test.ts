const { equal } = require('node:assert/strict');
const { add } = require('../src/calc.js');

interface Pair {
  readonly a: number;
  readonly b: number;
}

it('adds with types', () => {
  const pair: Pair = { a: 1, b: 2 };
  equal(add(pair), 3);
});
