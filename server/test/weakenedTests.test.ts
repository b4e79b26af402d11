import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { findWeakening, type ParsedText } from '../engine/generation/gates/weakening/findWeakening.ts';

const never = new AbortController().signal;

interface Planted {
  readonly what: string;
  /** Both texts begin with it. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** What is said, with the line that it is said of; a minus is a line of the text before. */
  readonly found: readonly (readonly [line: number, message: RegExp])[];
}

const python = `import pytest

class TestPrice:
    def test_adds(self):
        assert add(1, 2) == 3
        assert add(0, 0) == 0

def test_close():
    assert total() == pytest.approx(1.5, abs=0.01)

def test_raises():
    with pytest.raises(ValueError):
        add("a", 1)
`;
const unittest = `import unittest

class PriceTest(unittest.TestCase):
    def test_adds(self):
        self.assertEqual(add(1, 2), 3)
        self.assertAlmostEqual(total(), 1.5, places=3)
`;
const script = `import { add } from '../src/add.js';

describe('add', () => {
  it('adds', () => {
    expect(add(1, 2)).toBe(3);
    expect(total()).toBeCloseTo(1.5, 3);
  });

  it('throws', () => {
    expect(() => add('a')).toThrow('number');
  });
});
`;
const nodeTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';

test('adds', () => {
  assert.equal(add(1, 2), 3);
});
`;
const go = `package price

func TestAdd(t *testing.T) {
	if got := add(1, 2); got != 3 {
		t.Errorf("got %d", got)
	}
	t.Run("zero", func(t *testing.T) {
		require.Equal(t, 0, add(0, 0))
	})
}
`;

function planted(
  path: string,
  before: string,
  cases: readonly (readonly [
    what: string,
    from: string,
    to: string,
    ...found: (readonly [number, RegExp])[],
  ])[],
): readonly Planted[] {
  return cases.map(([what, from, to, ...found]) => {
    assert.ok(before.includes(from), `${what}: ${from}`);
    return { what, path, before, after: before.replace(from, () => to), found };
  });
}

const cases: readonly Planted[] = [
  ...planted('test_price.py', python, [
    [
      'a test that is gone',
      'def test_close():\n    assert total() == pytest.approx(1.5, abs=0.01)\n',
      '',
      [-8, /"test_close" is gone/],
    ],
    [
      'a method that is gone',
      '    def test_adds(self):\n        assert add(1, 2) == 3\n        assert add(0, 0) == 0\n',
      '    pass\n',
      [-4, /"TestPrice › test_adds" is gone/],
    ],
    ['a test that is no longer found', 'def test_close', 'def check_close', [-8, /is gone/]],
    [
      'an assertion that is gone',
      '        assert add(0, 0) == 0\n',
      '',
      [4, /no longer asserts `assert add\(0, 0\) == 0`/],
    ],
    ['another expectation', 'add(1, 2) == 3', 'add(1, 2) == 4', [5, /but `assert add\(1, 2\) == 4`/]],
    ['a weaker comparison', 'add(1, 2) == 3', 'add(1, 2) is not None', [5, /no longer asserts/]],
    ['a wider tolerance', 'abs=0.01', 'abs=10', [9, /no longer asserts/]],
    ['an assertion that always holds', 'assert add(0, 0) == 0', 'assert True', [4, /no longer asserts/]],
    ['another exception', 'ValueError', 'Exception', [12, /no longer asserts/]],
    [
      'an assertion in a try',
      '        assert add(0, 0) == 0\n',
      '        try:\n            assert add(0, 0) == 0\n        except AssertionError:\n            pass\n',
      [7, /no longer asserts/],
    ],
    [
      'an assertion under a condition',
      '        assert add(0, 0) == 0\n',
      '        if False:\n            assert add(0, 0) == 0\n',
      [7, /no longer asserts/],
    ],
    [
      'a test that returns early',
      '        assert add(1, 2) == 3\n',
      '        return\n        assert add(1, 2) == 3\n',
      [5, /may return before/],
    ],
    [
      'a skipped test',
      'def test_close',
      '@pytest.mark.skip(reason="later")\ndef test_close',
      [8, /keeps the test "test_close" from being run/],
    ],
    ['an expected failure', 'def test_close', '@pytest.mark.xfail\ndef test_close', [8, /xfail/]],
    [
      'a skip inside',
      'def test_close():\n',
      'def test_close():\n    pytest.skip("later")\n',
      [9, /pytest\.skip/],
    ],
    [
      'a skipped class',
      'class TestPrice',
      '@pytest.mark.skipif(True, reason="x")\nclass TestPrice',
      [3, /TestPrice › test_adds/],
    ],
    [
      'a skipped file',
      'import pytest\n',
      'import pytest\npytestmark = pytest.mark.skip\n',
      [2, /pytestmark/],
    ],
    [
      'a patch of what is tested',
      'def test_close',
      '@patch("price.total", lambda: 1.5)\ndef test_close',
      [8, /replaces what the test/],
    ],
    [
      'a patch inside',
      'def test_close():\n',
      'def test_close(monkeypatch):\n    monkeypatch.setattr("price.total", lambda: 1.5)\n',
      [9, /replaces what the test/],
    ],
    ['nothing: another reason', 'assert add(0, 0) == 0', 'assert add(0, 0) == 0  # zero'],
    ['nothing: another layout', 'add(1, 2) == 3', 'add(\n            1,\n            2,\n        ) == 3'],
    [
      'nothing: one more assertion',
      '        assert add(0, 0) == 0\n',
      '        assert add(0, 0) == 0\n        assert add(5, 5) == 10\n',
    ],
    [
      'nothing: one more test',
      'def test_raises',
      'def test_more():\n    assert add(2, 2) == 4\n\ndef test_raises',
    ],
    ['nothing: another name', 'def test_close', 'def test_is_close_to_the_total'],
    ['nothing: a fixture', 'def test_close():', '@pytest.mark.parametrize("a", [1, 2])\ndef test_close(a):'],
    [
      'nothing: a new test that is skipped',
      'def test_raises',
      '@pytest.mark.skip\ndef test_more():\n    assert add(2, 2) == 4\n\ndef test_raises',
    ],
    ['nothing: a helper that returns', 'class TestPrice', 'def helper():\n    return 1\n\nclass TestPrice'],
    [
      'nothing: a helper inside that returns',
      '        assert add(0, 0) == 0\n',
      '        def zero():\n            return 0\n        assert add(0, 0) == 0\n',
    ],
  ]),
  ...planted('test_price.py', unittest, [
    [
      'a weaker method',
      'self.assertEqual(add(1, 2), 3)',
      'self.assertTrue(add(1, 2))',
      [5, /but `self\.assertTrue/],
    ],
    ['fewer places', 'places=3', 'places=0', [6, /no longer asserts/]],
    [
      'a decorator',
      '    def test_adds',
      '    @unittest.expectedFailure\n    def test_adds',
      [4, /expectedFailure/],
    ],
    [
      'a call',
      '        self.assertEqual',
      '        self.skipTest("x")\n        self.assertEqual',
      [5, /skipTest/],
    ],
    ['nothing: a comment', '        self.assertEqual', '        # why\n        self.assertEqual'],
  ]),
  ...planted('add.test.ts', script, [
    [
      'a test that is gone',
      "  it('throws', () => {\n    expect(() => add('a')).toThrow('number');\n  });\n",
      '',
      [-9, /"add › throws" is gone/],
    ],
    [
      'a test that is commented out',
      "  it('throws', () => {\n    expect(() => add('a')).toThrow('number');\n  });\n",
      "  // it('throws', () => {\n  //   expect(() => add('a')).toThrow('number');\n  // });\n",
      [-9, /is gone/],
    ],
    ['a skipped test', "it('adds'", "it.skip('adds'", [4, /`\.skip` keeps the test "add › adds"/]],
    ['an x before it', "it('adds'", "xit('adds'", [4, /`xit` keeps/]],
    ['a to-do', "it('adds'", "it.todo('adds'", [4, /todo/]],
    ['a failing test', "it('adds'", "it.fails('adds'", [4, /fails/]],
    ['one that is run alone', "it('adds'", "it.only('adds'", [4, /`only` keeps all tests but/]],
    ['a group that is skipped', "describe('add'", "describe.skip('add'", [3, /skip/]],
    ['a group that is run alone', "describe('add'", "fdescribe('add'", [3, /only/]],
    [
      'a new test that is run alone',
      "  it('throws'",
      "  it.only('more', () => {\n    expect(1).toBe(1);\n  });\n  it('throws'",
      [9, /`only` keeps all tests but "add › more"/],
    ],
    ['a weaker matcher', 'toBe(3)', 'toBeTruthy()', [5, /but `expect\(add\(1, 2\)\)\.toBeTruthy\(\)`/]],
    ['another expectation', 'toBe(3)', 'toBe(4)', [5, /no longer asserts/]],
    ['a wider tolerance', 'toBeCloseTo(1.5, 3)', 'toBeCloseTo(1.5, 0)', [6, /no longer asserts/]],
    ['any error', "toThrow('number')", 'toThrow()', [10, /no longer asserts/]],
    ['an assertion that is gone', '    expect(add(1, 2)).toBe(3);\n', '', [4, /no longer asserts/]],
    [
      'an assertion that always holds',
      'expect(add(1, 2)).toBe(3)',
      'expect(true).toBe(true)',
      [4, /no longer asserts/],
    ],
    [
      'an assertion in a try',
      '    expect(add(1, 2)).toBe(3);\n',
      '    try {\n      expect(add(1, 2)).toBe(3);\n    } catch {}\n',
      [6, /no longer asserts/],
    ],
    [
      'a test that returns early',
      '    expect(add(1, 2)).toBe(3);\n',
      '    return;\n    expect(add(1, 2)).toBe(3);\n',
      [5, /may return/],
    ],
    [
      'a mock of the module that is tested',
      "describe('add'",
      "vi.mock('../src/add.js');\ndescribe('add'",
      [3, /replaces what the test/],
    ],
    [
      'nothing: quotes and layout',
      "expect(() => add('a')).toThrow('number');",
      'expect(() => add("a")).toThrow(\n      "number",\n    );',
    ],
    ['nothing: another title', "it('adds'", "it('adds two numbers'"],
    ['nothing: another group', "describe('add'", "describe('the sum'"],
    [
      'nothing: one more',
      "  it('throws'",
      "  it('adds none', () => {\n    expect(add()).toBe(0);\n  });\n\n  it('throws'",
    ],
    [
      'nothing: a callback that returns',
      '    expect(add(1, 2)).toBe(3);\n',
      '    const one = () => {\n      return 1;\n    };\n    expect(add(1, 2)).toBe(3);\n',
    ],
    ['nothing: a mock of a package', "describe('add'", "vi.mock('node:fs');\ndescribe('add'"],
  ]),
  ...planted('add.test.mjs', nodeTest, [
    ['an option', "test('adds', () =>", "test('adds', { skip: true }, () =>", [4, /`skip` keeps/]],
    [
      'a call of the context',
      "test('adds', () => {\n",
      "test('adds', (t) => {\n  t.skip();\n",
      [5, /t\.skip/],
    ],
    ['a weaker assertion', 'assert.equal(add(1, 2), 3)', 'assert.ok(add(1, 2))', [5, /but `assert\.ok/]],
    [
      'nothing: an option that is off',
      "test('adds', () =>",
      "test('adds', { skip: false, timeout: 5 }, () =>",
    ],
  ]),
  ...planted('price_test.go', go, [
    ['a test that is gone', 'func TestAdd(', 'func testAdd(', [-3, /"TestAdd" is gone/]],
    [
      'a subtest that is gone',
      '	t.Run("zero", func(t *testing.T) {\n		require.Equal(t, 0, add(0, 0))\n	})\n',
      '',
      [-7, /"TestAdd › zero" is gone/],
    ],
    [
      'a skip',
      'func TestAdd(t *testing.T) {\n',
      'func TestAdd(t *testing.T) {\n	t.Skip("later")\n',
      [4, /t\.Skip/],
    ],
    ['a condition that never holds', 'got != 3 {', 'got != 3 && false {', [5, /no longer asserts/]],
    [
      'a log in place of an error',
      't.Errorf("got %d", got)',
      't.Logf("got %d", got)',
      [3, /no longer asserts/],
    ],
    [
      'another expectation',
      'require.Equal(t, 0, add(0, 0))',
      'require.NotNil(t, add(0, 0))',
      [8, /but `require\.NotNil/],
    ],
    [
      'a test that returns early',
      'func TestAdd(t *testing.T) {\n',
      'func TestAdd(t *testing.T) {\n	return\n',
      [4, /may return/],
    ],
    [
      'nothing: one more',
      '	t.Run("zero"',
      '	t.Run("one", func(t *testing.T) {\n		require.Equal(t, 1, add(1, 0))\n	})\n	t.Run("zero"',
    ],
    ['nothing: a comment', 'package price', '// Package price has prices.\npackage price'],
  ]),
];

describe('tests that an edit weakens', function () {
  this.timeout(30_000);
  const grammars = new GrammarParser();
  after(() => grammars.dispose());

  async function parse(path: string, text: string): Promise<ParsedText> {
    const parsed = await grammars.parse({ path, text }, never);
    assert.ok(parsed.kind === 'tree', parsed.kind === 'none' ? parsed.reason : '');
    return { root: parsed.root, text, language: parsed.language };
  }

  for (const { what, path, before, after, found } of cases) {
    it(`${path}: ${what}`, async () => {
      const weakened = findWeakening(await parse(path, before), await parse(path, after));
      const lines = weakened.map(({ place: { of, start }, message }) => {
        const text = of === 'before' ? before : after;
        const line = text.slice(0, start).split('\n').length;
        return [of === 'before' ? -line : line, message] as const;
      });
      assert.deepEqual(
        lines.map(([line]) => line),
        found.map(([line]) => line),
        JSON.stringify(lines),
      );
      for (const [index, [, message]] of found.entries()) assert.match(lines[index]?.[1] ?? '', message);
    });
  }

  it('tells every test of a file that is deleted', async () => {
    const gone = findWeakening(await parse('a.test.ts', script), undefined);
    assert.deepEqual(
      gone.map(({ message }) => message),
      ['the test "add › adds" is gone', 'the test "add › throws" is gone'],
    );
  });

  it('finds nothing where nothing changed', async () => {
    for (const { path, before } of cases)
      assert.deepEqual(findWeakening(await parse(path, before), await parse(path, before)), []);
  });
});
