const { grade } = require('./grade.js');
const check = (a, b) => { if (a !== b) throw new Error(`${a} is not ${b}`); };
test('a', () => check(grade(95), 'A'));
test('b', () => check(grade(75), 'B'));
test('f', () => check(grade(5), 'F'));
