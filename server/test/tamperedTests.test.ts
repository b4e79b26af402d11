import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runAct, withRule } from './actionSlice.ts';
import { plainSettings } from './sliceWorkspace.ts';

/** A change of a test that would make it green, and what the model is told of it. */
type Tampering = readonly [what: string, search: string, replace: string, told: RegExp];

interface Project {
  readonly language: string;
  readonly globs: string;
  readonly files: Readonly<Record<string, string>>;
  readonly source: string;
  readonly wrong: string;
  readonly right: string;
  readonly test: string;
  readonly tamperings: readonly Tampering[];
}

const pythonTests = `import pytest

from price import half, total


def test_total():
    assert total([1, 2]) == 3


def test_half():
    assert half(3) == pytest.approx(1.5, abs=0.01)
`;
const scriptTests = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { half, total } from '../src/price.js';

test('total', () => {
  assert.equal(total([1, 2]), 3);
});

test('half', () => {
  assert.ok(Math.abs(half(3) - 1.5) < 0.01);
});
`;
const typedTests = `import { expect, it } from 'vitest';
import { half, total } from '../src/price.js';

it('total', () => {
  expect(total([1, 2])).toBe(3);
});

it('half', () => {
  expect(half(3)).toBeCloseTo(1.5, 2);
});
`;
const scriptFiles = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/price.js': `export const total = (prices) => prices.reduce((sum, price) => sum - price, 0);
export const half = (price) => price / 2;
`,
  'test/price.test.js': scriptTests,
  'checks/typed.test.ts': typedTests,
};
const goTests = `package price

import "testing"

func TestTotal(t *testing.T) {
	if got := Total([]int{1, 2}); got != 3 {
		t.Errorf("got %d", got)
	}
}

func TestHalf(t *testing.T) {
	if got := Half(3); got < 1.49 || got > 1.51 {
		t.Errorf("got %f", got)
	}
}
`;
const script = {
  globs: '**/*.js',
  files: scriptFiles,
  source: 'src/price.js',
  wrong: 'sum - price',
  right: 'sum + price',
};

const projects: readonly Project[] = [
  {
    language: 'Python',
    globs: '**/*.py',
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["."]\n',
      'price.py': 'def total(prices):\n    return -sum(prices)\n\n\ndef half(price):\n    return price / 2\n',
      'test_price.py': pythonTests,
    },
    source: 'price.py',
    wrong: 'return -sum(prices)',
    right: 'return sum(prices)',
    test: 'test_price.py',
    tamperings: [
      ['deletes', 'def test_total():\n    assert total([1, 2]) == 3\n', '', /"test_total" is gone/u],
      ['skips', 'def test_total', '@pytest.mark.skip\ndef test_total', /skip.* keeps the test "test_total"/u],
      ['expects a failure', 'def test_total', '@pytest.mark.xfail\ndef test_total', /xfail/u],
      ['loosens a tolerance', 'abs=0.01', 'abs=100', /no longer asserts/u],
      ['asserts less', 'total([1, 2]) == 3', 'total([1, 2]) is not None', /no longer asserts/u],
      [
        'mocks the code',
        'def test_total():\n',
        'def test_total(monkeypatch):\n    monkeypatch.setattr("price.total", lambda _: 3)\n',
        /replaces what the test "test_total" tests/u,
      ],
    ],
  },
  {
    language: 'JavaScript',
    ...script,
    test: 'test/price.test.js',
    tamperings: [
      ['deletes', "test('total', () => {\n  assert.equal(total([1, 2]), 3);\n});\n", '', /"total" is gone/u],
      ['skips', "test('total', () =>", "test.skip('total', () =>", /skip.* keeps the test "total"/u],
      ['makes a to-do', "test('total', () =>", "test('total', { todo: true }, () =>", /todo/u],
      [
        'runs another one only',
        "test('half', () =>",
        "test.only('half', () =>",
        /`only` keeps all tests but/u,
      ],
      ['loosens a tolerance', '< 0.01', '< 100', /no longer asserts/u],
      ['asserts less', 'assert.equal(total([1, 2]), 3)', 'assert.ok(total([1, 2]))', /no longer asserts/u],
      [
        'mocks the code',
        "test('total', () => {\n",
        "test('total', (t) => {\n  mock.module('../src/price.js', { namedExports: { total: () => 3 } });\n",
        /replaces what the test "total" tests/u,
      ],
    ],
  },
  {
    language: 'TypeScript',
    ...script,
    test: 'checks/typed.test.ts',
    tamperings: [
      ['deletes', "it('total', () => {\n  expect(total([1, 2])).toBe(3);\n});\n", '', /"total" is gone/u],
      ['skips', "it('total', () =>", "it.skip('total', () =>", /skip.* keeps the test "total"/u],
      ['expects a failure', "it('total', () =>", "it.fails('total', () =>", /fails/u],
      ['runs another one only', "it('half', () =>", "it.only('half', () =>", /`only` keeps all tests but/u],
      ['loosens a tolerance', 'toBeCloseTo(1.5, 2)', 'toBeCloseTo(1.5, -2)', /no longer asserts/u],
      [
        'mocks the code',
        "it('total', () =>",
        "vi.mock('../src/price.js', () => ({ total: () => 3, half: () => 1.5 }));\n\nit('total', () =>",
        /replaces what the test/u,
      ],
    ],
  },
  {
    language: 'Go',
    globs: '**/*.go',
    files: {
      'go.mod': 'module example.com/price\n\ngo 1.21\n',
      'price.go': `package price

func Total(prices []int) int {
	sum := 0
	for _, price := range prices {
		sum -= price
	}
	return sum
}

func Half(price float64) float64 { return price / 2 }
`,
      'price_test.go': goTests,
    },
    source: 'price.go',
    wrong: 'sum -= price',
    right: 'sum += price',
    test: 'price_test.go',
    tamperings: [
      [
        'deletes',
        goTests.slice(goTests.indexOf('func TestTotal'), goTests.indexOf('func TestHalf')),
        '',
        /"TestTotal" is gone/u,
      ],
      [
        'skips',
        'func TestTotal(t *testing.T) {\n',
        'func TestTotal(t *testing.T) {\n\tt.Skip("later")\n',
        /Skip.* keeps the test "TestTotal"/u,
      ],
      [
        'returns early',
        'func TestTotal(t *testing.T) {\n',
        'func TestTotal(t *testing.T) {\n\treturn\n',
        /may return before it asserts/u,
      ],
      ['loosens a tolerance', 'got < 1.49', 'got < -100', /no longer asserts/u],
      ['never fails', 'got != 3 {', 'got != 3 && false {', /no longer asserts/u],
      ['expects what it gets', 'got != 3 {', 'got != -3 {', /no longer asserts/u],
    ],
  },
];

function whole(path: string, text: string): { readonly kind: 'answer'; readonly text: string } {
  return { kind: 'answer', text: [path, '```', text.trimEnd(), '```', ''].join('\n') };
}

function changed(text: string, search: string, replace: string): string {
  assert.ok(text.includes(search), search);
  return text.replace(search, () => replace);
}

const rule = (globs: string): string =>
  ['---', `globs: "${globs}"`, 'on: save', 'actions:', '  - type: fix', '---', ''].join('\n');

describe('an answer that changes tests while code is mended', function () {
  this.timeout(120_000);

  for (const { language, globs, files, source, wrong, right, test, tamperings } of projects)
    it(`is refused each time, with what it would take away: ${language}`, async function () {
      if (language === 'Go' && spawnSync('go', ['version']).status !== 0) this.skip();
      await withRule(
        rule(globs),
        async (slice) => {
          const result = await runAct(slice, source);
          assert.deepEqual([result.outcome, result.code], ['proposed', 'ok'], result.message);
          const told = slice.models.requests.map(({ text }) => text);
          for (const [index, [what, , , reason]] of tamperings.entries()) {
            // The last of its messages is about the answer before.
            const said = (told[index + 1] ?? '').split('Your answer was not taken').at(-1) ?? '';
            assert.match(said, /tests are locked while the code is changed/u, what);
            assert.match(said.replaceAll('\\"', '"'), reason, what);
          }
          assert.deepEqual(
            result.view?.files.map(({ path, after }) => [path, after?.includes(right)]),
            [[source, true]],
          );
          assert.equal(slice.read(test), files[test]);
        },
        {
          files,
          script: [
            ...tamperings.map(([, search, replace]) =>
              whole(test, changed(files[test] ?? '', search, replace)),
            ),
            whole(source, changed(files[source] ?? '', wrong, right)),
          ],
          settings: { limits: { ...plainSettings.limits, attempts: tamperings.length + 1 } },
        },
      );
    });
});
