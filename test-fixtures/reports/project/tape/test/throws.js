const test = require('tape');
const { fail } = require('../src/calc');

test('throws in the code', () => fail());
