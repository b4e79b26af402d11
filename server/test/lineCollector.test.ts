import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCoverageContexts } from '../engine/testing/coverage/readCoverageContexts.ts';
import { readCoveragePy } from '../engine/testing/coverage/readCoveragePy.ts';
import { lineCollector } from '../engine/testing/reports/lineCollector.ts';

const files: Readonly<Record<string, string>> = {
  'shop.py': `"""Prices."""


def label(cents):
    """Shows it."""
    if cents < 0:
        return "-"
    return "+"


class Till:
    open = True

    def close(self):
        raise ValueError(
            "shut"
        )


def never(): return [
    1,
]
`,
  '.venv/lib/other.py': 'VALUE = 1\n',
  // Runs code in a thread, and takes away what watches lines: the next test is watched again.
  'run.py': `${lineCollector}
import os, sys, threading

lines = collect_lines(os.getcwd())
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), ".venv", "lib")]
import other, shop

lines.begin("test_shop.py::test_plus")
shop.label(1)
sys.settrace(None)
lines.begin("test_shop.py::test_close")
thread = threading.Thread(target=lambda: shop.Till().close() if not shop.Till.open else shop.label(2))
thread.start()
thread.join()
lines.begin("test_shop.py::test_plus_again")
shop.label(3)
lines.begin("")
lines.write("lines.json")
`,
};

describe('lineCollector', () => {
  it('tells which test ran which line of the own code, and which lines nobody ran', () => {
    const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-lines-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const { status, stderr } = spawnSync('python3', ['run.py'], { cwd: folder, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const report = readFileSync(join(folder, 'lines.json'), 'utf8');
      const measured = readCoveragePy(report, (path) => path);
      assert.deepEqual(measured.map(({ path }) => path).toSorted(), ['run.py', 'shop.py']);
      const shop = measured.find(({ path }) => path === 'shop.py');
      assert.deepEqual(
        [shop?.covered, shop?.missed],
        [
          [3, 5, 7, 10, 11, 13, 19],
          [6, 14],
        ],
      );
      const ran = readCoverageContexts(report, (path) => path).filter(({ path }) => path === 'shop.py');
      assert.deepEqual(
        ran.map(({ test, lines }) => [test, lines]),
        [
          ['test_shop.py::test_plus', [5, 7]],
          ['test_shop.py::test_close', [5, 7]],
          ['test_shop.py::test_plus_again', [5, 7]],
        ],
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
