import assert from 'node:assert/strict';
import type { CandidateFilter } from '../../server/protocol/candidates.ts';
import { runAct, withRule } from '../../server/test/actionSlice.ts';
import type { Slice } from '../../server/test/sliceWorkspace.ts';

/** A test of an answer, and the filter that drops it; undefined: it is kept. */
type Planted = readonly [name: string, filter: CandidateFilter | undefined, reason: RegExp, lines: string];

interface Project {
  readonly source: string;
  readonly target: string;
  readonly fence: string;
  readonly files: Readonly<Record<string, string>>;
  readonly head: string;
  readonly planted: readonly Planted[];
  readonly maxMutants: number;
  /** What the kept file imports no longer. */
  readonly gone: RegExp;
}

const node: Project = {
  source: 'src/price.js',
  target: 'test/price.generated.test.js',
  fence: 'js',
  files: {
    'package.json': '{ "name": "shop", "type": "module" }\n',
    'src/price.js': `export function total(prices, rate = 0) {
  let sum = 0;
  for (const price of prices) {
    if (price < 0) throw new RangeError('A price below zero');
    sum += price;
  }
  return sum * (1 + rate);
}

export function label(cents) {
  const sign = cents < 0 ? '-' : '';
  return sign + (Math.abs(cents) / 100).toFixed(2);
}
`,
    'test/price.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/price.js';

test('adds', () => {
  assert.equal(total([1, 2]), 3);
});
`,
  },
  head: `import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { label, total } from '../src/price.js';
`,
  maxMutants: 40,
  gone: /timers\/promises|node:fs/u,
  planted: [
    [
      'shows cents',
      undefined,
      /./u,
      "test('shows cents', () => {\n  assert.equal(label(1234), '12.34');\n});",
    ],
    [
      'refuses',
      undefined,
      /./u,
      "test('refuses', () => {\n  assert.throws(() => total([-1]), RangeError);\n});",
    ],
    [
      'adds the rate',
      undefined,
      /./u,
      "test('adds the rate', () => {\n  assert.equal(total([2], 0.5), 3);\n});",
    ],
    [
      'is vacuous',
      'hygiene',
      /asserts a constant/u,
      "test('is vacuous', () => {\n  label(1);\n  assert.ok(true);\n});",
    ],
    [
      'sleeps',
      'hygiene',
      /waits with/u,
      "test('sleeps', async () => {\n  await delay(5);\n  assert.equal(label(1), '0.01');\n});",
    ],
    [
      'asks the network',
      'hygiene',
      /network/u,
      "test('asks the network', async () => {\n  await assert.rejects(fetch('http://localhost:9/'));\n  assert.equal(label(2), '0.02');\n});",
    ],
    [
      'looks at the clock',
      'hygiene',
      /clock/u,
      "test('looks at the clock', () => {\n  assert.ok(total([Date.now()]) > 0);\n});",
    ],
    [
      'copies',
      'hygiene',
      /the same as the test "shows cents"/u,
      "test('copies', () => {\n  // The same again.\n  assert.equal(label(1234), '12.34');\n});",
    ],
    [
      'copies the old one',
      'hygiene',
      /the same as the test "adds of test\/price\.test\.js"/u,
      "test('copies the old one', () => {\n  assert.equal(total([1, 2]), 3);\n});",
    ],
    [
      'writes',
      'hygiene',
      /writes test\/left\.txt/u,
      "test('writes', () => {\n  const path = new URL('left.txt', import.meta.url);\n  writeFileSync(path, 'x');\n  assert.equal(label(-350), '-3.50');\n});",
    ],
    [
      'fails',
      'passes',
      /fails: .*0\.01/su,
      "test('fails', () => {\n  assert.equal(label(1), '1 cent');\n});",
    ],
    [
      'is not collected',
      'collects',
      /missing is not defined/u,
      "test('is not collected', missing(() => assert.equal(label(1), '0.01')));",
    ],
    [
      'comes first',
      undefined,
      /./u,
      "let shown;\n\ntest('comes first', () => {\n  shown = label(-5);\n  assert.equal(shown, '-0.05');\n});",
    ],
    [
      'needs the first',
      'reliable',
      /passes with the rest, and fails/u,
      "test('needs the first', () => {\n  assert.equal(shown, '-0.05');\n  assert.equal(label(-5).length, 5);\n});",
    ],
    [
      'is flaky',
      'reliable',
      /passes with the rest, and fails in run 2 of 3/u,
      "test('is flaky', () => {\n  assert.equal(label(process.env.TZ === 'America/St_Johns' ? 1 : 700), '7.00');\n});",
    ],
    [
      'adds nothing',
      'coverage',
      /no line or branch/u,
      "test('adds nothing', () => {\n  assert.equal(total([1, 3]), 4);\n});",
    ],
    [
      'looks away',
      'mutation',
      /it would pass even if/u,
      "test('looks away', () => {\n  assert.doesNotThrow(() => label(9));\n});",
    ],
  ],
};

const python: Project = {
  source: 'shop/price.py',
  target: 'tests/test_price_generated.py',
  fence: 'python',
  files: {
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1"\n\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
    'shop/__init__.py': '',
    'shop/price.py': `def total(prices, rate=0):
    result = 0
    for price in prices:
        if price < 0:
            raise ValueError("A price below zero")
        result += price
    return result * (1 + rate)


def label(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) / 100:.2f}"
`,
    'tests/test_price.py': `from shop.price import total


def test_adds():
    assert total([1, 2]) == 3
`,
  },
  head: `import os
import random
import time
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest

from shop.price import label, total

`,
  maxMutants: 16,
  gone: /import time|import random|urllib|datetime/u,
  planted: [
    ['test_cents', undefined, /./u, 'def test_cents():\n    assert label(1234) == "12.34"'],
    [
      'test_refuses',
      undefined,
      /./u,
      'def test_refuses():\n    with pytest.raises(ValueError):\n        total([-1])',
    ],
    ['test_vacuous', 'hygiene', /asserts a constant/u, 'def test_vacuous():\n    label(1)\n    assert True'],
    [
      'test_itself',
      'hygiene',
      /with itself/u,
      'def test_itself():\n    shown = label(1)\n    assert shown == shown',
    ],
    [
      'test_sleeps',
      'hygiene',
      /waits with/u,
      'def test_sleeps():\n    time.sleep(0.01)\n    assert label(1) == "0.01"',
    ],
    [
      'test_network',
      'hygiene',
      /network/u,
      'def test_network():\n    with pytest.raises(OSError):\n        urllib.request.urlopen("http://localhost:9")',
    ],
    ['test_clock', 'hygiene', /clock/u, 'def test_clock():\n    assert total([datetime.now().year]) > 2000'],
    [
      'test_chance',
      'hygiene',
      /chance/u,
      'def test_chance():\n    price = random.random()\n    assert total([price]) == price',
    ],
    [
      'test_copy',
      'hygiene',
      /the same as the test "test_cents"/u,
      'def test_copy():\n    """Again."""\n    assert label(1234) == "12.34"',
    ],
    [
      'test_writes',
      'hygiene',
      /writes left\.txt/u,
      'def test_writes():\n    path = Path("left.txt")\n    path.write_text("x")\n    assert label(-350) == "-3.50"',
    ],
    ['test_fails', 'passes', /fails: .*0\.01/su, 'def test_fails():\n    assert label(1) == "1 cent"'],
    [
      'test_no_fixture',
      'collects',
      /no fixture 'nowhere'/u,
      'def test_no_fixture(nowhere):\n    assert label(nowhere) == "0.01"',
    ],
    [
      'test_not_collected',
      'collects',
      /missing/u,
      '@pytest.mark.parametrize("cents", missing)\ndef test_not_collected(cents):\n    assert label(cents) == "0.01"',
    ],
    [
      'test_first',
      undefined,
      /./u,
      'SHOWN = []\n\n\ndef test_first():\n    SHOWN.append(label(-5))\n    assert SHOWN[-1] == "-0.05"',
    ],
    [
      'test_second',
      'reliable',
      /passes with the rest, and fails/u,
      'def test_second():\n    assert SHOWN == ["-0.05"]\n    assert len(label(-5)) == 5',
    ],
    [
      'test_flaky',
      'reliable',
      /fails in run 2 of 3/u,
      'def test_flaky():\n    assert label(1 if os.environ.get("PYTHONHASHSEED") == "1" else 700) == "7.00"',
    ],
    [
      'test_looks_away',
      'mutation',
      /it would pass even if/u,
      'def test_looks_away():\n    assert isinstance(label(9), str)',
    ],
  ],
};

function rule(): string {
  return ['---', 'globs: "**/price.*"', 'on: save', 'actions:', '  - type: generate_tests', '---', ''].join(
    '\n',
  );
}

/** The answer with all planted tests, and then what a model says that has nothing to add. */
function answerOf({ target, fence, head, planted }: Project): string {
  return [target, `\`\`\`${fence}`, head, ...planted.map(([, , , lines]) => `${lines}\n\n`), '```', ''].join(
    '\n',
  );
}

function withProject(project: Project, use: (slice: Slice) => Promise<void>): Promise<void> {
  return withRule(rule(), use, {
    files: project.files,
    script: [{ kind: 'answer', text: answerOf(project) }],
    settings: { generatedTests: { repetitions: 3, maxMutants: project.maxMutants, maxSeconds: 400 } },
  });
}

describe('tests planted among the good ones of an answer', function () {
  this.timeout(400_000);

  for (const project of [node, python])
    it(`each is dropped by its filter: ${project.source}`, () =>
      withProject(project, async (slice) => {
        const result = await runAct(slice, project.source);
        const { candidates } = result.view ?? {};
        assert.ok(candidates, result.message);
        const found = new Map(candidates.dropped.map((drop) => [drop.name, drop]));
        for (const [name, filter, reason] of project.planted) {
          const drop = found.get(name);
          assert.equal(drop?.filter, filter, `${name}: ${drop?.reason ?? 'kept'}`);
          if (drop !== undefined) assert.match(drop.reason, reason, name);
        }
        assert.equal(candidates.candidates, project.planted.length);
        assert.equal(result.outcome, 'proposed', result.message);
        const [file] = result.view?.files ?? [];
        assert.doesNotMatch(file?.after ?? '', project.gone);
        assert.match(result.message, /Of 17 new tests, \d kept and \d+ dropped/u);
      }));
});
