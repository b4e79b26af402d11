import type { PlantedProject } from './plantedProject.ts';

export const plantedPython: PlantedProject = {
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
