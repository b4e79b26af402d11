import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtinMatchers } from '../../rules/matchers/builtinMatchers.ts';
import type { Matcher } from '../../rules/matchers/matcher.ts';
import { readMatcher } from '../../rules/matchers/readMatcher.ts';
import { latePatterns, scriptPatterns } from '../../../test/scriptPatterns.ts';
import { matchProblems, type ReadProblem } from './matchProblems.ts';

const { signal } = new AbortController();
const context = { patterns: scriptPatterns, signal, pause: async () => undefined };

function matcherOf(value: unknown): Matcher {
  const read = readMatcher(value);
  assert.ok(!('fault' in read), JSON.stringify(read));
  return read;
}

/** `file:line:column severity code message`, with `-` for what is not known. */
function show({ file, line, column, severity, code, message }: ReadProblem): string {
  return `${file}:${line ?? '-'}:${column ?? '-'} ${severity} ${code ?? '-'} ${message}`;
}

async function read(matchers: readonly unknown[], output: string): Promise<readonly string[]> {
  const found = await matchProblems(matchers.map(matcherOf), output, context);
  assert.deepEqual(found.faults, []);
  return found.problems.map(show);
}

/** What the tools print, and what is read in it. */
const outputs: readonly (readonly [
  matcher: string,
  output: readonly string[],
  problems: readonly string[],
])[] = [
  [
    '$tsc',
    [
      "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      "src/b c.ts:10:1 - error TS1005: ';' expected.",
      'Found 2 errors.',
    ],
    [
      "src/a.ts:3:7 error TS2322 Type 'string' is not assignable to type 'number'.",
      "src/b c.ts:10:1 error TS1005 ';' expected.",
    ],
  ],
  [
    '$eslint-stylish',
    [
      '',
      '/w/src/a.js',
      "  1:7   error    'a' is assigned a value but never used  no-unused-vars",
      '  2:1   warning  Unexpected console statement  no-console',
      '',
      '/w/src/b.js',
      '  4:2  error  Parsing error: Unexpected token',
      '',
      '✖ 3 problems (2 errors, 1 warning)',
    ],
    [
      "/w/src/a.js:1:7 error no-unused-vars 'a' is assigned a value but never used",
      '/w/src/a.js:2:1 warning no-console Unexpected console statement',
      '/w/src/b.js:4:2 error - Parsing error: Unexpected token',
    ],
  ],
  [
    '$eslint-compact',
    ["/w/src/a.js: line 1, col 7, Error - 'a' is never used. (no-unused-vars)"],
    ["/w/src/a.js:1:7 error no-unused-vars 'a' is never used."],
  ],
  [
    '$gcc',
    [
      "main.c: In function 'main':",
      "main.c:3:5: error: 'x' undeclared (first use in this function)",
      'lib/a.h:9: warning: unused',
      'main.c:1:10: fatal error: b.h: No such file or directory',
    ],
    [
      "main.c:3:5 error - 'x' undeclared (first use in this function)",
      'lib/a.h:9:- warning - unused',
      'main.c:1:10 error - b.h: No such file or directory',
    ],
  ],
  [
    '$go',
    ['# example.com/a', './main.go:5:2: undefined: x', 'vet: ./b.go:7:1: expected declaration'],
    ['./main.go:5:2 error - undefined: x', './b.go:7:1 error - expected declaration'],
  ],
  [
    '$rustc',
    [
      'error[E0425]: cannot find value `x` in this scope',
      ' --> src/main.rs:2:5',
      '  |',
      'warning: unused variable: `y`',
      ' --> src/lib.rs:9:9',
    ],
    [
      'src/main.rs:2:5 error E0425 cannot find value `x` in this scope',
      'src/lib.rs:9:9 warning - unused variable: `y`',
    ],
  ],
  [
    '$msCompile',
    ["Program.cs(3,9): error CS0103: The name 'x' does not exist [/w/a.csproj]"],
    ["Program.cs:3:9 error CS0103 The name 'x' does not exist"],
  ],
  [
    '$pytest',
    [
      'tests/test_a.py:9: in test_a',
      '    assert one() == 2',
      'E   assert 1 == 2',
      'tests/test_a.py:9: AssertionError',
    ],
    ['tests/test_a.py:9:- error - AssertionError'],
  ],
  [
    '$mypy',
    [
      'src/a.py:3: error: Incompatible types  [assignment]',
      'src/a.py:4:7: note: See docs',
      'Found 1 error in 1 file',
    ],
    ['src/a.py:3:- error assignment Incompatible types', 'src/a.py:4:7 information - See docs'],
  ],
  [
    '$ruff',
    ['src/a.py:1:8: F401 [*] `os` imported but unused', 'Found 1 error.'],
    ['src/a.py:1:8 warning F401 [*] `os` imported but unused'],
  ],
];

describe('problems in what a command prints', () => {
  for (const [matcher, output, problems] of outputs)
    for (const lineBreak of ['\n', '\r\n'])
      it(`are read by ${matcher} ${lineBreak === '\n' ? '' : 'with line breaks of Windows'}`, async () =>
        assert.deepEqual(await read([matcher], output.join(lineBreak)), problems));

  it('are read by several matchers, the first one first', async () =>
    assert.deepEqual(await read(['$tsc', '$gcc'], 'a.c:1:2: error: x\na.ts(1,2): error TS1: y'), [
      'a.c:1:2 error - x',
      'a.ts:1:2 error TS1 y',
    ]));

  it('are placed by a location, or in the whole file', async () => {
    const pattern = { regexp: '^(\\S+) \\(([\\d,]+)\\) (.*)$', file: 1, location: 2, message: 3 };
    assert.deepEqual(await read([{ pattern }], 'a.ts (3,4) x\nb.ts (5) y'), [
      'a.ts:3:4 error - x',
      'b.ts:5:- error - y',
    ]);
    const whole = { regexp: '^(\\S+) is bad$', kind: 'file', file: 1, message: 0 };
    assert.deepEqual(await read([{ pattern: whole }], 'a.ts is bad'), ['a.ts:-:- error - a.ts is bad']);
  });

  it('are not read on by a pattern that takes too long, and the others go on', async () => {
    const slow = matcherOf({
      source: 'slow',
      pattern: { regexp: '^(?=(a+)+$)(.*):(\\d+)', file: 2, line: 3 },
    });
    const output = 'a.c:1:2: error: x\nb.c:1:2: error: y';
    const found = await matchProblems([slow, matcherOf('$gcc')], output, {
      ...context,
      patterns: latePatterns,
    });
    assert.equal(found.problems.length, 2);
    assert.deepEqual(found.faults, [
      'The problem matcher slow was given up: its pattern took longer than 50 ms.',
    ]);
  });

  it('are at most a thousand, of any output', async () => {
    const { problems } = await matchProblems([matcherOf('$gcc')], 'a.c:1: error: x\n'.repeat(5_000), context);
    assert.equal(problems.length, 1_000);
  });

  it('never throw, and each takes a line', async () => {
    const matchers = Object.values(builtinMatchers);
    const word = fc.constantFrom(
      'a.ts',
      ':',
      '3',
      '(',
      ',',
      ')',
      ' ',
      'error',
      '\n',
      '  ',
      'TS1',
      '-->',
      '-',
      'x.py',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 40 }), async (words) => {
        const output = words.join('');
        const { problems } = await matchProblems(matchers, output, context);
        assert.ok(problems.length <= output.split('\n').length);
      }),
      { numRuns: 200 },
    );
  });
});
