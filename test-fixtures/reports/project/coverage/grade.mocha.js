const { grade } = require('./grade.js');
const check = (a, b) => { if (a !== b) throw new Error(`${a} is not ${b}`); };
it('a', () => check(grade(95), 'A'));
it('b', () => check(grade(75), 'B'));
it('f', () => check(grade(5), 'F'));
