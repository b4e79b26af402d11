const { add } = require('../src/calc');

test('adds without types', () => {
  expect(add({ a: 1, b: 2 })).toBe(3);
});
