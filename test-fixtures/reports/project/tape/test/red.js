const test = require('tape');
const { add, fail } = require('../src/calc');

test('wrong sum', (t) => {
  t.equal(add(1, 2), 4, 'the sum');
  t.end();
});

test('outer', (t) => {
  t.test('inner', (s) => {
    s.deepEqual({ a: 1 }, { a: 2 });
    s.end();
  });
  t.end();
});

test('passes', (t) => {
  t.pass();
  t.end();
});

test('never ends', (t) => {
  t.plan(2);
  t.pass();
});
