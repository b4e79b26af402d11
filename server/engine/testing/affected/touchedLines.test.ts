import assert from 'node:assert/strict';
import { linePrints } from '../coverage/coverageSnapshot.ts';
import { parseTestLines, renderTestLines, testsOfChange } from './testLines.ts';
import { touchedLines } from './touchedLines.ts';

const text = `import os

LIMIT = 3

def small(x):
    if x < LIMIT:
        return os.sep
    return ''

def other(x):
    y = (x +
         1)
    return y
`;
const loaded = new Set([0, 2, 4, 9]);
const measured = { prints: linePrints(text), covered: [0, 2, 4, 5, 7, 9, 10, 12], missed: [6] };

const rows: readonly (readonly [
  title: string,
  from: string,
  to: string,
  touched: readonly number[] | undefined,
])[] = [
  ['a line of a function', 'return y', 'return -y', [12]],
  ['a line that no test ran', 'return os.sep', "return '.'", [6]],
  ['a condition', 'if x < LIMIT', 'if x <= LIMIT', [5]],
  ['a line that came between lines of tests', "    return ''", "    x += 1\n    return ''", [6, 7]],
  ['a line in which a statement goes on', '         1)', '         2)', [10, 12]],
  ['nothing', 'return y', 'return y', measured.covered],
  ['what runs while the file is loaded', 'LIMIT = 3', 'LIMIT = 4', undefined],
  ['the head of a function', 'def small(x):', 'def small(x, z=1):', undefined],
  ['what comes at the end', '    return y\n', '    return y\n\nprint(1)\n', undefined],
  ['what comes between functions', "    return ''\n", "    return ''\n\nLIMIT = 9\n", undefined],
  ['a line of a function and one outside', '    return y\n', '    return -y\nLIMIT = 9\n', undefined],
  [
    'a line of a method and one of its class',
    '        return os.sep',
    "        return '.'\n    SIZE = 1\nclass A:\n    SIZE = 2",
    undefined,
  ],
  ['another import', 'import os', 'import os.path', undefined],
];

describe('the lines that a change touches', () => {
  for (const [title, from, to, touched] of rows)
    it(`are told for ${title}`, () => {
      const lines = touchedLines(measured, text.replace(from, to), (line) => !loaded.has(line));
      assert.deepEqual(lines && [...lines].toSorted((a, b) => a - b), touched);
    });
});

describe('the kept lines of tests', () => {
  const perTest = [
    { test: 't.py::test_small', path: 'a.py', lines: [5, 7] },
    { test: 't.py::test_other', path: 'a.py', lines: [10, 12] },
  ];
  const coverage = [
    { path: 'a.py', lines: 9, coveredLines: 8, covered: measured.covered, missed: measured.missed },
  ];
  const kept =
    renderTestLines(
      { coverage, perTest, at: 5 },
      new Map([
        ['a.py', text],
        ['t.py', ''],
      ]),
    ) ?? '';

  it('tell who ran what has changed since', () => {
    const read = parseTestLines(kept);
    assert.ok(read);
    assert.deepEqual([...read.texts.keys()], ['a.py', 't.py']);
    assert.deepEqual(testsOfChange(read, 'a.py', text.replace('return y', 'return -y')), [
      { test: 't.py::test_other', path: 'a.py', lines: [12] },
    ]);
    assert.deepEqual(testsOfChange(read, 'a.py', text.replace('LIMIT = 3', 'LIMIT = 4')), undefined);
    assert.deepEqual(testsOfChange(read, 'b.py', text), undefined);
  });

  it('tell nothing where they were cut', () => {
    for (let end = 0; end < kept.length; end += 1)
      assert.equal(parseTestLines(kept.slice(0, end)), undefined);
  });
});
