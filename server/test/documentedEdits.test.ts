import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { inspectDocumented } from '../engine/runs/editing/inspectDocumented.ts';
import type { Syntax } from '../engine/ports/syntax.ts';

const never = new AbortController().signal;
const python = 'def add(a, b):\n    return a + b\n\n\nclass Sum:\n    def of(self):\n        return 1\n';
const go = 'package a\n\nfunc Add(a int) int {\n\treturn a\n}\n';

const cases: readonly (readonly [
  what: string,
  path: string,
  before: string,
  from: string,
  to: string,
  refused?: RegExp,
])[] = [
  ['a docstring', 'a.py', python, 'def add(a, b):\n', 'def add(a, b):\n    """Add."""\n'],
  ['a docstring of a method', 'a.py', python, 'def of(self):\n', 'def of(self):\n        """One."""\n'],
  ['a docstring of a class', 'a.py', python, 'class Sum:\n', "class Sum:\n    r'''A sum.'''\n\n"],
  ['a docstring of the module', 'a.py', python, 'def add', '# Why.\n"""Sums."""\n\ndef add'],
  ['a comment', 'a.py', python, 'return a + b', 'return a + b  # in order'],
  [
    'a docstring with code',
    'a.py',
    python,
    'def add(a, b):\n',
    'def add(a, b):\n    f"""{a.pop()}"""\n',
    /changes code/,
  ],
  [
    'a docstring on lines of another depth',
    'a.py',
    python,
    '    return 1\n',
    '    """x"""\n        return 1\n',
  ],
  ['a string after code', 'a.py', python, 'return 1\n', 'return 1\n        "x"\n', /changes code/],
  ['a string in a condition', 'a.py', 'if a:\n    b()\n', '    b()', '    "x"\n    b()', /changes code/],
  ['two strings in one', 'a.py', python, 'def add(a, b):\n', 'def add(a, b):\n    "x" "y"\n', /changes code/],
  [
    'code behind a docstring',
    'a.py',
    python,
    'def add(a, b):\n',
    'def add(a, b):\n    "x"; a = 0\n',
    /changes code/,
  ],
  ['another value', 'a.py', python, 'a + b', 'a - b', /changes code/],
  ['another depth', 'a.py', 'if a:\n    b()\nc()\n', 'c()', '    c()', /changes code/],
  ['a type comment', 'a.py', python, 'return a + b', 'return a + b  # type: ignore', /a tool reads/],
  ['a pragma', 'a.py', python, 'return a + b', 'return a + b  # pragma: no cover', /a tool reads/],
  ['a pragma that goes', 'a.py', 'a()  # noqa: E501\n', '  # noqa: E501', '', /is gone/],
  ['a comment', 'a.ts', 'a();\n', 'a();', '/** Why. */\na();'],
  ['an end of a line', 'a.js', 'return_(1);\nb();\n', 'return_(1);', 'return_(1)', /changes code/],
  ['a directive', 'a.ts', 'a();\n', 'a();', '// @ts-ignore\na();', /a tool reads/],
  ["'use strict'", 'a.js', 'a();\n', 'a();', "'use strict';\na();", /changes code/],
  ['a comment that hides code', 'a.ts', 'a();\nb();\n', 'a();', '/* a(); */', /changes code/],
  ['a comment', 'a.go', go, 'func Add', '// Add adds.\nfunc Add'],
  ['a build line', 'a.go', go, 'package a', '//go:build ignore\n\npackage a', /./],
  ['prose', 'README.md', '# A\n', '# A', '# B'],
  ['a comment without a grammar', 'a.css', 'a{}\n', 'a{}', '/* x */ a{}'],
  ['code without a grammar', 'a.css', 'a{}\n', 'a{}', 'b{}', /changes code/],
];

describe('edits that document', function () {
  this.timeout(30_000);
  const grammars = new GrammarParser();
  after(() => grammars.dispose());
  const syntax: Syntax = {
    check: async () => ({ kind: 'notChecked', reason: 'no compiler' }),
    parse: (file, signal) => grammars.parse(file, signal),
  };

  for (const [what, path, before, from, to, refused] of cases) {
    it(`${path}: ${refused === undefined ? 'let pass' : 'are refused for'} ${what}`, async () => {
      assert.ok(before.includes(from), from);
      const edited = before.replace(from, () => to);
      const found = await inspectDocumented(syntax, [{ path, before, after: edited }], never);
      assert.equal(found.length, refused === undefined ? 0 : 1, JSON.stringify(found));
      if (refused !== undefined) assert.match(found[0]?.reason ?? '', refused);
    });
  }
});
