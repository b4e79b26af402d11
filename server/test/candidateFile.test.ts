import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import {
  findTestNodes,
  type ParsedTests,
  type TestNode,
} from '../engine/generation/candidates/findTestNodes.ts';
import { orderTests } from '../engine/generation/candidates/orderTests.ts';
import { removeTests } from '../engine/generation/candidates/removeTests.ts';

const never = new AbortController().signal;

const python = `import os
import time
from datetime import (
    datetime,
    timedelta,
)
from shop import add, sub
import pytest


@pytest.fixture
def box():
    return [os.sep]


def helper(value):
    return timedelta(value)


# Says why.
@pytest.mark.parametrize("a", [1, 2])
def test_one(a):
    assert add(a, 1) == 2


class TestGroup:
    def test_two(self, box):
        assert sub(1, 1) == helper(0)

    def test_three(self):
        assert datetime(2020, 1, 1)


@pytest.mark.usefixtures("box")
def test_four():
    assert add(3, 1) == 4
`;
const script = `import assert, { AssertionError } from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { add, sub } from '../src/a.js';
import * as fs from 'node:fs';
import './setup.js';

const limit = 3;

// Says why.
test('one', () => assert.equal(add(1, limit), 4));

describe('group', () => {
  let box;
  beforeEach(() => {
    box = fs;
  });
  test('two', () => {
    assert.equal(sub(1, 1), box);
  });
});

for (const [a, b] of [[1, 2]]) {
  test(\`three \${a}\`, () => {
    assert.throws(() => add(a, b), AssertionError);
  });
}

test.each([[1], [2]])('four %s', (a) => {
  assert.equal(add(a, limit), 4);
});
`;
const go = `package a

import (
	"strings"
	"testing"

	"example.com/shop/v2"
)

func helper() string { return strings.ToUpper("a") }

func TestOne(t *testing.T) {
	if shop.Add(1, 1) != 2 {
		t.Error("x")
	}
}

// TestTwo says why.
func TestTwo(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		if helper() != "A" {
			t.Error("x")
		}
	})
}
`;
const files: readonly (readonly [path: string, text: string, names: readonly string[]])[] = [
  ['test_a.py', python, ['test_one', 'test_two', 'test_three', 'test_four']],
  ['test_crlf.py', python.replaceAll('\n', '\r\n'), ['test_one', 'test_two', 'test_three', 'test_four']],
  ['a.test.js', script, ['one', 'two', 'three ${a}', 'four %s']],
  ['a.test.ts', script, ['one', 'two', 'three ${a}', 'four %s']],
  ['a_test.go', go, ['TestOne', 'TestTwo']],
];

/** What is gone with a test, and what stays. */
const removals: readonly (readonly [
  path: string,
  dropped: readonly string[],
  gone: readonly RegExp[],
  stays: readonly RegExp[],
])[] = [
  [
    'test_a.py',
    ['test_one'],
    [/Says why/, /parametrize/],
    [/import add|add, sub/, /import time/, /^import pytest/m],
  ],
  [
    'test_a.py',
    ['test_two'],
    [/\bsub\b/, /timedelta/, /def helper/],
    [/class TestGroup:\n {4}def test_three/, /def box/, /import os/, /from shop import add\n/],
  ],
  ['test_a.py', ['test_two', 'test_three'], [/class/, /datetime/], [/def box/]],
  ['test_a.py', ['test_two', 'test_four'], [/def box/, /import os/, /usefixtures/], [/import time/]],
  ['a.test.js', ['one'], [/Says why/], [/const limit/, /four/]],
  [
    'a.test.js',
    ['two'],
    [/describe/, /beforeEach/, /node:fs/, /\bsub\b/],
    [/import \{ test \} from 'node:test'/, /import \{ add \}/, /import '\.\/setup\.js'/],
  ],
  ['a.test.js', ['three ${a}'], [/for \(/, /AssertionError/], [/import assert from/]],
  ['a.test.js', ['one', 'four %s'], [/limit/, /test\.each/], [/describe/]],
  ['a_test.go', ['TestTwo'], [/"strings"/, /helper/, /says why/], [/"testing"/, /shop\/v2/]],
  ['a_test.go', ['TestOne'], [/shop/], [/"strings"/]],
];

describe('the tests of a file, one by one', function () {
  this.timeout(60_000);
  const grammars = new GrammarParser();
  after(() => grammars.dispose());

  const read = async (path: string): Promise<{ parsed: ParsedTests; tests: readonly TestNode[] }> => {
    const text = files.find(([name]) => name === path)?.[1] ?? '';
    const tree = await grammars.parse({ path, text }, never);
    assert.ok(tree.kind === 'tree');
    const parsed = { text, root: tree.root, language: tree.language };
    return { parsed, tests: findTestNodes(parsed) ?? [] };
  };

  for (const [path, , names] of files)
    it(`are found in ${path}`, async () => {
      const { tests } = await read(path);
      assert.deepEqual(
        tests.map(({ name }) => name),
        names,
      );
    });

  for (const [path, dropped, gone, stays] of removals)
    it(`${path} without ${dropped.join(' and ')} loses what only they used`, async () => {
      const { parsed, tests } = await read(path);
      const out = new Set(tests.filter(({ name }) => dropped.includes(name)));
      const left = removeTests({ parsed, tests, dropped: out, before: '', withOrphans: true }) ?? '';
      for (const each of gone) assert.doesNotMatch(left, each);
      for (const each of stays) assert.match(left, each);
    });

  it('leave what the file named before them', async () => {
    const { parsed, tests } = await read('test_a.py');
    const dropped = new Set(tests.filter(({ name }) => name === 'test_two'));
    const before = 'from shop import sub\n';
    const left = removeTests({ parsed, tests, dropped, before, withOrphans: true }) ?? '';
    assert.match(left, /from shop import add, sub/);
    assert.doesNotMatch(left, /timedelta/);
  });

  for (const [path] of files)
    it(`parses without any of them, and in any order: ${path}`, async () => {
      const { parsed, tests } = await read(path);
      await fc.assert(
        fc.asyncProperty(
          fc.subarray([...tests]),
          fc.nat(1_000),
          fc.boolean(),
          async (dropped, seed, withOrphans) => {
            const left = removeTests({ parsed, tests, dropped: new Set(dropped), before: '', withOrphans });
            assert.ok(left !== undefined);
            assert.equal((await grammars.check({ path, text: left }, never)).kind, 'parsed', left);
            const ordered = orderTests(parsed, tests, seed);
            assert.equal((await grammars.check({ path, text: ordered }, never)).kind, 'parsed', ordered);
            // No line comes or goes but blank ones.
            const lines = (text: string): readonly string[] =>
              text
                .split(/\r?\n/)
                .filter((line) => line.trim() !== '')
                .toSorted();
            assert.deepEqual(lines(ordered), lines(parsed.text));
          },
        ),
        { numRuns: 40 },
      );
    });

  it('come in another order with another seed, and in the same with the same', async () => {
    const { parsed, tests } = await read('test_a.py');
    const orders = [1, 2, 3, 4, 5, 6].map((seed) => orderTests(parsed, tests, seed));
    assert.ok(new Set(orders).size > 2);
    assert.equal(orderTests(parsed, tests, 3), orders[2]);
  });

  it('cannot be told apart where they share a line', async () => {
    const text = "test('a', () => assert.ok(f(1))); test('b', () => assert.ok(f(2)));\n";
    const tree = await grammars.parse({ path: 'b.test.js', text }, never);
    assert.ok(tree.kind === 'tree');
    const parsed = { text, root: tree.root, language: tree.language };
    const tests = findTestNodes(parsed) ?? [];
    const dropped = new Set(tests.slice(0, 1));
    assert.equal(removeTests({ parsed, tests, dropped, before: '', withOrphans: true }), undefined);
  });
});
