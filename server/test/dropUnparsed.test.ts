import assert from 'node:assert/strict';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { dropUnparsed } from '../engine/generation/candidates/dropUnparsed.ts';

const never = new AbortController().signal;
const grammars = new GrammarParser();
const syntax = createSyntax({ grammars, compilers: async () => undefined });

const python = (...tests: readonly string[]): string => ['import a\n\n', ...tests].join('\n');
const good = 'def test_good():\n    assert a.f(1) == 2\n\n';
const other = '@mark("x")\ndef test_other():\n    assert a.f(2) == 3\n\n';
const open = 'def test_open():\n    assert a.f(1 == 2\n\n';
const odd = 'def test_odd():\n    assert a.f(1) ===== 2\n\n';
const node = [
  "import { f } from './a.js';",
  '',
  "describe('f', () => {",
  "  it('good', () => {",
  '    expect(f(1)).toBe(2);',
  '  });',
  '',
  "  it('broken', () => {",
  '    expect(f(1).toBe(;',
  '  });',
  '',
  "  it('other', () => {",
  '    expect(f(2)).toBe(3);',
  '  });',
  '});',
  '',
].join('\n');
const go =
  'package a\n\nfunc TestGood(t *testing.T) {\n\tif F(1) != 2 {\n\t\tt.Fatal()\n\t}\n}\n\nfunc TestOdd(t *testing.T) {\n\tif F(1 != 2 {\n\t\tt.Fatal()\n\t}\n}\n';

const cases: readonly (readonly [
  what: string,
  path: string,
  text: string,
  dropped: readonly string[] | undefined,
  rest?: string | undefined,
  before?: string,
])[] = [
  ['what parses', 'test_a.py', python(good, other), undefined],
  [
    'a bracket that is not closed',
    'test_a.py',
    python(good, open, other),
    ['test_open'],
    python(good, other),
  ],
  ['the last one', 'test_a.py', python(good, odd), ['test_odd'], python(good).trimEnd()],
  ['two of them', 'test_a.py', python(odd, good, open), ['test_odd', 'test_open']],
  ['all', 'test_a.py', python(odd), undefined],
  ['what was there before', 'test_a.py', python(odd, good), undefined, undefined, python(odd)],
  ['what no test is to blame for', 'test_a.py', `import import\n${python(good, other)}`, undefined],
  ['one of a group', 'a.test.ts', node, ['broken']],
  ['one of Go', 'a_test.go', go, ['TestOdd']],
];

describe('tests of an answer that do not parse', () => {
  after(() => grammars.dispose());

  for (const [what, path, text, dropped, rest, before] of cases)
    it(`are taken out where that lets the others parse: ${what}`, async () => {
      const found = await dropUnparsed(syntax, { path, text, before }, never);
      assert.deepEqual(found?.dropped.map(({ name }) => name).toSorted(), dropped);
      for (const { reason } of found?.dropped ?? []) assert.match(reason, /^does not parse: line \d+: /u);
      if (rest !== undefined) assert.equal(found?.text.trimEnd(), rest.trimEnd());
    });
});
