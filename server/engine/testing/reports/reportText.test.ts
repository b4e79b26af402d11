import assert from 'node:assert/strict';
import { firstLine, readFrames } from './reportText.ts';

describe('readFrames', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a CommonJS frame', '    at Object.f (/ws/src/a.js:3:9)', '/ws/src/a.js:3'],
    ['a frame without a function', '    at /ws/src/a.js:3:9', '/ws/src/a.js:3'],
    ['an ES module frame', '    at async f (file:///ws/my%20dir/a.mjs:3:9)', 'file:///ws/my%20dir/a.mjs:3'],
    ['a path with spaces and brackets', '    at f (/ws/my dir (1)/a.js:3:9)', '/ws/my dir (1)/a.js:3'],
    ['a path with a colon', '    at f (/ws/a:b/c.js:3:9)', '/ws/a:b/c.js:3'],
    ['the last frame of a printed object', '    at f (/ws/a.js:3:9) {', '/ws/a.js:3'],
    ['the head of a syntax error', '/ws/a.js:7\nconst x = ;', '/ws/a.js:7'],
    ['the end of a pytest section', 'my dir/test_a.py:12: AssertionError', 'my dir/test_a.py:12'],
    ['a short pytest frame', 'calc.py:5: in add', 'calc.py:5'],
    ['a Python traceback', '  File "/ws/a b.py", line 3, in f', '/ws/a b.py:3'],
    ['a Python syntax error in pytest', 'E     File "/ws/a.py", line 3', '/ws/a.py:3'],
    ['no frame', 'expected at least (1:2) but got a.py: 3', ''],
  ];
  for (const [title, trace, expected] of cases) {
    it(`reads ${title}`, () => {
      const frames = readFrames(trace, (path) => path);
      assert.equal(frames.map((frame) => `${frame.path}:${frame.line + 1}`).join(' '), expected);
    });
  }

  it('leaves out what lies outside, and names a place once', () => {
    const trace =
      '    at a (/ws/a.js:1:1)\n    at b (node:internal/x:1:1)\n    at c (/else/b.js:1:1)\n    at a (/ws/a.js:1:9)';
    assert.deepEqual(
      readFrames(trace, (path) => (path.startsWith('/ws/') ? path.slice(4) : undefined)),
      [{ path: 'a.js', line: 0 }],
    );
  });
});

describe('firstLine', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['one', 'one'],
    ['\n\n  two  \nthree', 'two'],
    ['Expected values to be strictly equal:\n\n3 !== 4\n', 'Expected values to be strictly equal: 3 !== 4'],
    [
      'Expected values to be strictly deep-equal:\n+ actual - expected\n',
      'Expected values to be strictly deep-equal:',
    ],
    ['', 'failed'],
    ['ends with:', 'ends with:'],
    ['\u001B[31mred\u001B[0m', 'red'],
  ];
  for (const [text, expected] of cases)
    it(`of ${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () =>
      assert.equal(firstLine(text), expected));
});
