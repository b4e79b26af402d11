const assert = require('node:assert/strict');
const { add } = require('../src/calc.js');

it('adds', () => assert.equal(add({ a: 1, b: 2 }), 3));
it('adds more', () => assert.equal(add({ a: 1, b: 2 }), 4));

describe('a group', () => {
  it('adds (really) [1] | $x', () => assert.equal(add({ a: 1, b: 1 }), 2));
  for (const a of [1, 2]) it(`adds ${a}`, () => assert.equal(add({ a, b: 0 }), a));
  it.skip('skips', () => assert.equal(1, 2));
});
