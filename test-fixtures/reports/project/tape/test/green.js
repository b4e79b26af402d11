const test = require('tape');
const { add } = require('../src/calc');

test('adds', (t) => {
  t.equal(add(1, 2), 3);
  t.ok(true, 'a # b \\ c');
  t.end();
});

test('skipped', { skip: true }, (t) => t.end());

test('still to do', { todo: true }, (t) => {
  t.equal(1, 2);
  t.end();
});

test('prints', (t) => {
  console.log('not a point');
  t.pass();
  t.end();
});
