const { afterEach, describe, it, test } = require('node:test');
const assert = require('node:assert/strict');
const { add, fail } = require('../src/calc.js');

test('wrong sum', () => {
  assert.equal(add(1, 2), 4);
});

test('throws in the code', () => {
  fail();
});

test('fails itself after its subtests', async (t) => {
  await t.test('child', () => {});
  throw new Error('the parent fails');
});

describe('group', () => {
  afterEach(() => {
    throw new Error('the hook is broken');
  });
  it('has a broken hook', () => {});
});

test('takes too long', { timeout: 50 }, () => new Promise((resolve) => setTimeout(resolve, 5_000).unref()));

test('throws no error', () => {
  throw 'just a text';
});
