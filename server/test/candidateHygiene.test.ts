import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { findTestNodes } from '../engine/generation/candidates/findTestNodes.ts';
import { judgeHygiene } from '../engine/generation/candidates/hygiene/judgeHygiene.ts';

const never = new AbortController().signal;

interface File {
  readonly path: string;
  /** Before the test. */
  readonly head: string;
  readonly wrap: (body: string) => string;
}

const indent = (body: string, by: string): string =>
  body
    .split('\n')
    .map((line) => by + line)
    .join('\n');

const python: File = {
  path: 'test_a.py',
  head: `import os
import random
import time
import requests
from datetime import datetime as dt, date
from unittest import mock
from unittest.mock import Mock, MagicMock
import pytest
from hypothesis import given, settings
from app import add, fetch, load

def check(value):
    assert value == 3

def wait():
    time.sleep(1)

@pytest.fixture
def slow():
    wait()

`,
  wrap: (body) =>
    /^(?:def|@)/u.test(body) ? body : `def test_it(tmp_path, monkeypatch):\n${indent(body, '    ')}`,
};
const node: File = {
  path: 'a.test.js',
  head: `import assert, { strictEqual as same } from 'node:assert/strict';
import { test, mock } from 'node:test';
import fs, { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as http from 'node:http';
import fc from 'fast-check';
import { add, fetchAll } from '../src/a.js';

function check(value) {
  assert.equal(value, 3);
}

`,
  wrap: (body) => `test('it', async (t) => {\n${indent(body, '  ')}\n});`,
};
const vitest: File = {
  path: 'a.test.ts',
  head: `import { expect, it, vi } from 'vitest';\nimport { add } from '../src/a.ts';\n\n`,
  wrap: (body) => `it('it', async (): Promise<void> => {\n${indent(body, '  ')}\n});`,
};
const go: File = {
  path: 'a_test.go',
  head: `package a

import (
	"math/rand"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

`,
  wrap: (body) => `func TestIt(t *testing.T) {\n${indent(body, '\t')}\n}`,
};

/** What a test says, and what is found in it; undefined: it is sound. */
const cases: readonly (readonly [file: File, body: string, kind: string | undefined, reason?: RegExp])[] = [
  [python, 'assert add(1, 2) == 3', undefined],
  [python, 'add(1, 2)', 'vacuous', /asserts nothing/u],
  [python, 'add(1, 2)\nassert True', 'vacuous', /a constant/u],
  [python, 'assert 1 == 1', 'vacuous', /a constant/u],
  [python, 'assert [1, 2] == [1, 2]', 'vacuous', /a constant/u],
  [python, 'assert "a" in "abc"', 'vacuous', /a constant/u],
  [python, 'x = add(1, 2)\nassert x == x', 'vacuous', /with itself/u],
  [python, 'assert add(1, 2) == add(1, 2)', 'vacuous', /with itself/u],
  [python, 'assert add(1, 2) is not None', 'vacuous', /there is a value/u],
  [python, 'x = add(1, 2)\nassert x is not None\nassert x == 3', undefined],
  [python, 'assert add(1, 2)', undefined],
  [python, 'assert not add(0, 0)', undefined],
  [python, 'm = Mock(return_value=3)\nassert m(1) == 3', 'vacuous', /mock `m`/u],
  [python, 'm = MagicMock(return_value=3)\nx = m(1)\nassert x == 3', 'vacuous', /mock `x`|mock `m`/u],
  [python, 'm = Mock()\nadd(m, 1)\nm.assert_called_once_with(1)', undefined],
  [python, 'with pytest.raises(ValueError):\n    add("a", 1)', undefined],
  [python, 'check(add(1, 2))', undefined],
  [python, 'time.sleep(0.1)\nassert add(1, 2) == 3', 'sleep', /waits with `time\.sleep/u],
  [python, 'wait()\nassert add(1, 2) == 3', 'sleep'],
  [python, 'def test_it(slow):\n    assert add(1, 2) == 3', 'sleep'],
  [python, 'monkeypatch.setattr(time, "sleep", lambda _: None)\nassert add(1, 2) == 3', undefined],
  [python, 'assert requests.get("http://x").status_code == 200', 'network'],
  [
    python,
    'def test_it(requests_mock):\n    requests_mock.get("http://x", text="a")\n    assert requests.get("http://x").text == "a"',
    undefined,
  ],
  [python, 'assert dt.now().year > 2000', 'clock'],
  [python, 'assert add(date.today().year, 0) > 0', 'clock'],
  [
    python,
    'from freezegun import freeze_time\nwith freeze_time("2020-01-01"):\n    assert dt.now().year == 2020',
    undefined,
  ],
  [python, 'assert dt(2020, 1, 1).year == 2020', undefined],
  [python, 'x = random.randint(0, 9)\nassert add(x, 0) == x', 'random'],
  [python, 'random.seed(7)\nx = random.randint(0, 9)\nassert add(x, 0) == x', undefined],
  [python, 'x = random.Random(7).randint(0, 9)\nassert add(x, 0) == x', undefined],
  [python, '@given(st.integers())\ndef test_it(x):\n    assert add(x, 0) == x', 'random', /derandomize/u],
  [
    python,
    '@settings(derandomize=True)\n@given(st.integers())\ndef test_it(x):\n    assert add(x, 0) == x',
    undefined,
  ],
  [python, 'with open("out.txt", "w") as f:\n    f.write("x")\nassert load("out.txt") == "x"', 'writes'],
  [python, 'p = tmp_path / "x"\nwith open(p, "w") as f:\n    f.write("x")\nassert load(p) == "x"', undefined],
  [python, 'with open("in.txt") as f:\n    assert f.read() == load("in.txt")', undefined],
  [node, 'assert.equal(add(1, 2), 3);', undefined],
  [node, 'same(add(1, 2), 3);', undefined],
  [node, 't.assert.equal(add(1, 2), 3);', undefined],
  [node, 'add(1, 2);', 'vacuous', /asserts nothing/u],
  [node, 'add(1, 2);\nassert.ok(true);', 'vacuous', /a constant/u],
  [node, 'assert.equal(1, 1);', 'vacuous'],
  [node, 'const x = add(1, 2);\nassert.deepEqual(x, x);', 'vacuous', /with itself/u],
  [node, 'assert.notEqual(add(1, 2), undefined);', 'vacuous', /there is a value/u],
  [node, 'const m = mock.fn(() => 3);\nassert.equal(m(1), 3);', 'vacuous', /mock `m`/u],
  [node, 'const m = mock.fn();\nadd(m);\nassert.equal(m.mock.callCount(), 1);', undefined],
  [node, 'check(add(1, 2));', undefined],
  [node, 'assert.throws(() => add("a"), /number/);', undefined],
  [node, 'await delay(10);\nassert.equal(add(1, 2), 3);', 'sleep'],
  [node, 'await new Promise((done) => setTimeout(done, 10));\nassert.equal(add(1, 2), 3);', 'sleep'],
  [node, 'await new Promise((done) => setTimeout(done, 0));\nassert.equal(add(1, 2), 3);', undefined],
  [node, 'mock.timers.enable();\nsetTimeout(() => {}, 10);\nassert.equal(add(1, 2), 3);', undefined],
  [node, 'assert.equal((await fetch("http://x")).status, 200);', 'network'],
  [node, 'http.get("http://x");\nassert.equal(add(1, 2), 3);', 'network'],
  [node, "t.mock.method(globalThis, 'fetch', () => 1);\nassert.equal(await fetchAll(), 1);", undefined],
  [node, 'assert.ok(add(Date.now(), 1) > 5);', 'clock'],
  [node, 'assert.equal(add(new Date().getFullYear(), 0) > 0, true);', 'clock'],
  [node, 'assert.equal(add(new Date(5).getTime(), 0), 5);', undefined],
  [node, 'const x = Math.random();\nassert.equal(add(x, 0), x);', 'random'],
  [node, 'fc.assert(fc.property(fc.integer(), (x) => add(x, 0) === x));', 'random'],
  [node, 'fc.assert(fc.property(fc.integer(), (x) => add(x, 0) === x), { seed: 7 });', undefined],
  [node, 'writeFileSync("out.txt", "x");\nassert.equal(add("out.txt"), "x");', 'writes'],
  [node, 'writeFileSync(`${dir}/out.txt`, "x");\nassert.equal(add("out.txt"), "x");', 'writes'],
  [node, 'writeFileSync(file, "x");\nassert.equal(add(file), "x");', undefined],
  [vitest, 'expect(add(1, 2)).toBe(3);', undefined],
  [vitest, 'expect(true).toBe(true);', 'vacuous', /a constant/u],
  [vitest, 'expect(add(1, 2)).toEqual(add(1, 2));', 'vacuous', /with itself/u],
  [vitest, 'expect(add(1, 2)).toBeDefined();', 'vacuous', /there is a value/u],
  [vitest, 'expect(add(1, 2)).not.toBeNull();', 'vacuous', /there is a value/u],
  [vitest, 'expect(add(1, 2)).not.toBe(4);', undefined],
  [vitest, 'expect(() => add("a")).toThrow("number");', undefined],
  [vitest, 'expect(add(1, 2));', 'vacuous', /asserts nothing/u],
  [vitest, 'await expect(add(1, 2)).resolves.toBe(3);', undefined],
  [vitest, 'expect(add(1, 2)).to.be.true;', undefined],
  [vitest, 'const m = vi.fn().mockReturnValue(3);\nexpect(m()).toBe(3);', 'vacuous', /mock `m`/u],
  [vitest, 'const m = vi.fn();\nadd(m, 1);\nexpect(m).toHaveBeenCalledWith(1);', undefined],
  [vitest, 'vi.useFakeTimers();\nexpect(add(Date.now(), 1)).toBe(3);', undefined],
  [go, 'if got := Add(1, 2); got != 3 {\n\tt.Errorf("got %d", got)\n}', undefined],
  [go, 'got := Add(1, 2)\nif got != got {\n\tt.Error("x")\n}', 'vacuous', /with itself/u],
  [go, 'if 1 != 1 {\n\tt.Error("x")\n}', 'vacuous', /a constant/u],
  [go, 'Add(1, 2)', 'vacuous', /asserts nothing/u],
  [go, 'assert.Equal(t, 3, Add(1, 2))', undefined],
  [go, 'assert.True(t, true)', 'vacuous', /a constant/u],
  [go, 'assert.NotNil(t, Add(1, 2))', 'vacuous', /there is a value/u],
  [go, 'if _, err := Add(1); err == nil {\n\tt.Fatal("no error")\n}', undefined],
  [go, 'time.Sleep(time.Second)\nassert.Equal(t, 3, Add(1, 2))', 'sleep'],
  [go, 'r, _ := http.Get("http://x")\nassert.Equal(t, 200, r.StatusCode)', 'network'],
  [go, 'assert.True(t, Add(time.Now().Year(), 1) > 0)', 'clock'],
  [go, 'assert.Equal(t, 3, Add(rand.Intn(3), 1))', 'random'],
  [go, 'r := rand.New(rand.NewSource(1))\nassert.Equal(t, 3, Add(r.Intn(3), 1))', undefined],
  [go, 'os.WriteFile("out.txt", nil, 0o600)\nassert.Equal(t, 3, Add(1, 2))', 'writes'],
];

describe('the hygiene of a candidate test', function () {
  this.timeout(60_000);
  const grammars = new GrammarParser();

  const judge = async (
    path: string,
    text: string,
    before: readonly string[] = [],
  ): Promise<readonly string[]> => {
    const parsed = await grammars.parse({ path, text }, never);
    assert.ok(parsed.kind === 'tree', path);
    const file = { text, root: parsed.root, language: parsed.language };
    const tests = findTestNodes(file) ?? [];
    const candidates = new Set(tests.filter(({ name }) => !before.includes(name)));
    const found = judgeHygiene(file, tests, candidates, []);
    return tests.flatMap((test) => {
      const finding = found.get(test);
      return finding === undefined ? [] : [`${finding.kind}: ${test.name} ${finding.reason}`];
    });
  };

  for (const [{ path, head, wrap }, body, kind, reason] of cases)
    it(`${path}, ${kind ?? 'sound'}: ${body.replaceAll('\n', ' ⏎ ')}`, async () => {
      const found = await judge(path, `${head}${wrap(body)}\n`);
      assert.deepEqual(
        found.map((each) => each.split(':')[0]),
        kind === undefined ? [] : [kind],
        found.join('\n'),
      );
      if (reason !== undefined) assert.match(found[0] ?? '', reason);
    });

  it('sees that chance is pinned by a value of the file', async () => {
    const property = 'fc.assert(fc.property(fc.integer(), (x) => add(x, 0) === x), options);';
    const head = (options: string): string =>
      `${node.head}const unused = { seed: 7 };\nconst options = ${options};\n`;
    assert.deepEqual(
      await judge(node.path, `${head('{ seed: 7, numRuns: 50 }')}${node.wrap(property)}\n`),
      [],
    );
    assert.match(
      (await judge(node.path, `${head('{ numRuns: 50 }')}${node.wrap(property)}\n`)).join(),
      /^random: it depends on chance/u,
    );
    const drawn = 'x = randomly.randint(0, 9)\nassert add(x, 0) == x';
    const seeded = `${python.head}randomly = random.Random(7)\n\n${python.wrap(drawn)}\n`;
    assert.deepEqual(await judge(python.path, seeded), []);
  });

  for (const [what, path, text, before, found] of [
    [
      'by another name, with other variables and a comment',
      'test_a.py',
      'def test_one():\n    got = add(1, 2)\n    assert got == 3\n\ndef test_two():\n    # again\n    result = add(1, 2)\n    assert result == 3\n',
      [],
      ['duplicate: test_two does the same as the test "test_one"'],
    ],
    [
      'as one that is there already, before which it stands',
      'a.test.js',
      "test('new', () => assert.equal(add(1, 2), 3));\ntest('old', () => assert.equal(add(1, 2), 3));\n",
      ['old'],
      ['duplicate: new does the same as the test "old"'],
    ],
    [
      'with other quotes, told with `it`',
      'a.test.ts',
      "it('one', () => { expect(add('a')).toBe(3) });\ntest('two', () => { expect(add(\"a\")).toBe(3); });\n",
      [],
      ['duplicate: two does the same as the test "one"'],
    ],
    [
      'in Go',
      'a_test.go',
      'package a\n\nfunc TestA(t *testing.T) {\n\tgot := Add(1, 2)\n\tif got != 3 {\n\t\tt.Error("x")\n\t}\n}\n\nfunc TestB(t *testing.T) {\n\tv := Add(1, 2)\n\tif v != 3 {\n\t\tt.Error("x")\n\t}\n}\n',
      [],
      ['duplicate: TestB does the same as the test "TestA"'],
    ],
    [
      'nothing: with other values',
      'test_a.py',
      'def test_one():\n    assert add(1, 2) == 3\n\ndef test_two():\n    assert add(1, 3) == 4\n',
      [],
      [],
    ],
  ] as const)
    it(`tells what does the same ${what}`, async () => {
      assert.deepEqual(await judge(path, text, before), found);
    });
});
