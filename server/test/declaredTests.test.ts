import assert from 'node:assert/strict';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { declaredTests } from '../engine/runs/declaredTests.ts';

const cases: readonly (readonly [path: string, text: string, expected: readonly string[] | undefined])[] = [
  [
    'test_a.py',
    'import x\n\nclass TestA:\n    @mark.slow\n    def test_b(self):\n        def test_inner(): pass\n\nasync def test_c():\n    pass\n\ndef help_test(): pass\n',
    ['4 test_a.py::TestA::test_b', '7 test_a.py::test_c'],
  ],
  [
    'a.test.ts',
    "describe('a', () => {\n  describe('b', () => {\n    it.each([1])('is %d', () => {});\n  });\n  test(`c`, async (t) => {\n    await t.test('d', () => {});\n  });\n  run();\n});\n",
    ['2 a.test.ts::a::b::is %d', '4 a.test.ts::a::c'],
  ],
  ['a.test.js', "it('while typing', () => {\n  assert.equal(\n});\nit('after', () => {});\n", undefined],
  [
    'a_test.go',
    'package a\n\nfunc TestX(t *testing.T) {\n\tt.Run("sub", func(t *testing.T) {})\n}\n\nfunc help(t *testing.T) {}\n',
    ['2 a_test.go::TestX'],
  ],
  ['empty.test.js', '', []],
];

describe('declaredTests', () => {
  const syntax = createSyntax();
  for (const [path, text, expected] of cases) {
    it(`finds the tests of ${path}`, async () => {
      const parsed = await syntax.parse({ path, text }, new AbortController().signal);
      assert.ok(parsed.kind === 'tree');
      const found = declaredTests({ path, text, ...parsed });
      const shown = found?.map(({ line, id }) => `${line} ${id}`);
      assert.deepEqual(shown, expected);
    });
  }
});
