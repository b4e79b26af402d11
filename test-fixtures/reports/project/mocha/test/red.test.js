import assert from 'node:assert/strict';
import { add, divide } from '../src/calc.js';

it('wrong sum', () => {
  assert.equal(add(1, 2), 4);
});

it('wrong object', () => assert.deepEqual({ a: 1, list: [1, 2] }, { a: 1, list: [1, 3] }));

it('throws in the code', () => {
  divide({ a: 1, b: 0 });
});

describe('broken before each', () => {
  beforeEach(() => {
    throw new Error('before each is broken');
  });
  it('never runs', () => assert.equal(1, 1));
});

describe('broken before all', () => {
  before(() => {
    throw new Error('before all is broken');
  });
  it('never starts', () => assert.equal(1, 1));
});

describe('broken after all', () => {
  after(() => {
    throw new Error('after all is broken');
  });
  it('ran', () => assert.equal(1, 1));
});

it('takes too long', () => new Promise(() => {})).timeout(50);

it('throws no error', () => {
  throw 'a text';
});

let attempts = 0;
it('passes at last', () => {
  attempts += 1;
  assert.equal(attempts, 2);
}).retries(2);
