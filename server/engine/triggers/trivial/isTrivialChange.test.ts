import assert from 'node:assert/strict';
import { isTrivialChange } from './isTrivialChange.ts';

describe('isTrivialChange', () => {
  for (const [what, path, before, after, trivial] of [
    ['nothing', 'a.rb', 'x', 'x', true],
    ['a line comment', 'a.ts', 'a(); // one\n', 'a(); // two\n', true],
    ['a comment that comes', 'a.ts', 'a();\n', '/* why\n so */\na();\n', true],
    ['the indentation of braces', 'a.ts', 'if (a) {\n  b();\n}\n', 'if (a) {\n\tb();\n}', true],
    ['line breaks and the byte order', 'a.ts', 'a();\nb();\n', 'a();\r\n\r\nb();\r\n', true],
    ['a word', 'a.ts', 'a();\n', 'b();\n', false],
    ['a space between words', 'a.ts', 'newX();\n', 'new X();\n', false],
    ['a space in a string', 'a.ts', "a('x y');\n", "a('x  y');\n", false],
    ['what looks like a comment in a string', 'a.ts', "a('//x');\n", "a('//y');\n", false],
    ['what looks like a comment in a template', 'a.ts', 'a(`//${"`"}x`);\n', 'a(`//${"`"}y`);\n', false],
    [
      'what looks like one in a regular expression',
      'a.ts',
      'a = /[/*]/; b();\n',
      'a = /[/*]/; c();\n',
      false,
    ],
    ['a comment after a division', 'a.ts', 'a = b / c; // x\n', 'a = b / c; // y\n', true],
    ['an address without quotes', 'a.js', '<p>http://x</p>\n', '<p>http://y</p>\n', false],
    ['a line break that may end a statement', 'a.js', 'return a;\n', 'return\na;\n', false],
    ['a comment that now hides code', 'a.ts', 'a();\nb();\n', '/*a();\n*/b();\n', false],
    ['a comment that is not closed', 'a.ts', 'a();\nb();\n', 'a();\n/*b();\n', false],
    ['a Python comment', 'a.py', 'x = 1  # one\n', 'x = 1  # two\n', true],
    ['the depth of Python', 'a.py', 'if a:\n    b()\nc()\n', 'if a:\n    b()\n    c()\n', false],
    ['a docstring, which programs read', 'a.py', '"""One."""\n', '"""Two."""\n', false],
    ['a hash in a Python string', 'a.py', "x = '#1'\n", "x = '#2'\n", false],
    ['the program that runs a script', 'a.py', '#!/usr/bin/python2\n', '#!/usr/bin/python3\n', false],
    ['a raw Go string', 'a.go', 'x := `\\` // a\n', 'x := `\\` // b\n', true],
    ['white space of JSON', 'a.json', '{"a": [1,\n2]}\n', '{"a":  [1,\n  2]}\n', true],
    ['a comment of CSS', 'a.css', 'a{} /* x */\n', 'a{} /* y */\n', true],
    ['a comment of a language that is not known', 'a.rb', '# a\n', '# b\n', false],
    ['JSX, whose texts have no quotes', 'a.tsx', '<p>a // b</p>\n', '<p>a // c</p>\n', false],
    ['a name that objects have anyway', 'constructor', 'a\n', 'b\n', false],
  ] as const) {
    it(`${trivial ? 'is so' : 'is not so'} for ${what}`, () => {
      assert.equal(isTrivialChange(path, before, after), trivial);
      assert.equal(isTrivialChange(path, after, before), trivial);
    });
  }
});
