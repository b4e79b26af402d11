const { add, divide } = require('../src/calc.js');

test('wrong sum', () => {
  expect(add(1, 2)).toBe(4);
});

test('wrong object', () => expect({ a: 1, list: [1, 2] }).toEqual({ a: 1, list: [1, 3] }));

test('throws in the code', () => {
  divide({ a: 1, b: 0 });
});

describe('broken before each', () => {
  beforeEach(() => {
    throw new Error('before each is broken');
  });
  it('never runs', () => expect(1).toBe(1));
});

describe('broken before all', () => {
  beforeAll(() => {
    throw new Error('before all is broken');
  });
  it('never starts', () => expect(1).toBe(1));
});

describe('broken after all', () => {
  afterAll(() => {
    throw new Error('after all is broken');
  });
  it('ran', () => expect(1).toBe(1));
});

test('takes too long', () => new Promise(() => {}), 50);

test('throws no error', () => {
  throw 'a text';
});

describe('retried', () => {
  jest.retryTimes(2);
  let attempts = 0;
  test('passes at last', () => {
    attempts += 1;
    expect(attempts).toBe(2);
  });
});
