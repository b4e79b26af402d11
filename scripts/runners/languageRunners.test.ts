import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskReports } from '../../server/adapters/diskReports.ts';
import { DiskScratch } from '../../server/adapters/diskScratch.ts';
import { createProjectInterpreters } from '../../server/adapters/projectInterpreters.ts';
import { SpawnProcesses } from '../../server/adapters/spawnProcesses.ts';
import { resolveTrustedTool } from '../../server/adapters/trustedTool.ts';
import type { Terminal } from '../../server/engine/ports/terminal.ts';
import { findProtected } from '../../server/engine/safety/protectedPaths.ts';
import { cargoTest } from '../../server/engine/testing/runners/cargoTest.ts';
import { goTest } from '../../server/engine/testing/runners/goTest.ts';
import type { Runner } from '../../server/engine/testing/runners/runner.ts';
import { unittest } from '../../server/engine/testing/runners/unittest.ts';
import { runTests } from '../../server/engine/testing/runTests.ts';
import { recordedSources, renderTests } from '../../server/test/recordedReports.ts';

const never = new AbortController().signal;
const hasSandbox = process.platform === 'linux' && resolveTrustedTool('bwrap') !== undefined;
const terminal: Terminal = {
  open: () => ({ write: () => undefined, close: () => undefined, stopped: never }),
};

interface Language {
  readonly project: string;
  readonly runner: Runner;
  readonly files: readonly string[];
  /** Some of what must come of it, as `renderTests` has it. */
  readonly expected: readonly string[];
}

const languages: readonly Language[] = [
  {
    project: 'go',
    runner: goTest,
    files: ['green/green_test.go', 'red/red_test.go', 'broken/broken_test.go'],
    expected: [
      'green/green_test.go::TestTable::a/b::deep passed',
      'red/red_test.go::TestWrongSum failed: Add(1, 2) = 3, want 4 @ red/red_test.go:12',
      'broken/broken_test.go:: errored: cannot use "x" (untyped string constant) as int value in return statement @ broken/broken.go:4 < broken/broken_test.go:5',
    ],
  },
  {
    project: 'rust',
    runner: cargoTest,
    files: ['tests/red.rs'],
    expected: [
      'tests/red.rs::inner::passes passed',
      'tests/red.rs::should_have failed: test did not panic as expected @ tests/red.rs:20',
    ],
  },
  {
    project: 'unittest',
    runner: unittest,
    files: ['tests/test_green.py', 'tests/test_red.py'],
    expected: [
      "tests/test_green.py::TestAdd::test_subtests::(text='x::y') passed",
      'tests/test_red.py::TestWrong::test_wrong_sum failed: AssertionError: 3 != 4 @ tests/test_red.py:8',
    ],
  },
];

for (const { project, runner, files, expected } of languages) {
  describe(`A project of ${runner.title}`, function () {
    this.timeout(240_000);
    let home = '';
    let root = '';
    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), 'codegen-lab-languages-'));
      root = join(home, 'project');
      cpSync(join(import.meta.dirname, '../../test-fixtures/reports/project', project), root, {
        recursive: true,
      });
      execFileSync('git', ['init', '-q'], { cwd: root });
    });
    afterEach(() => rmSync(home, { recursive: true, force: true }));

    for (const title of ['in the sandbox, without a network', 'in a copy'] as const)
      it(`runs ${title}`, async function () {
        const isConfined = title !== 'in a copy';
        // The tools of Go and Rust are not ours to install.
        const found = await createProjectInterpreters(process.env).find(
          { language: runner.language, root, folder: root, wish: '' },
          never,
        );
        if (found.kind === 'missing' || (isConfined && !hasSandbox)) this.skip();
        const made = await new DiskScratch(join(home, 'storage'), () => false).create(
          { run: 'r', root, unsaved: new Map(), dependencies: isConfined ? 'mounted' : 'linked' },
          never,
        );
        assert.ok(made.kind === 'ready', JSON.stringify(made));
        const { location, dependencies } = made.tree;
        const sources = recordedSources(project, (path) => /\.(?:go|mod|rs|py)$/u.test(path));
        const { outcome } = await runTests(
          {
            processes: new SpawnProcesses({
              environment: process.env,
              isProtected: (path) => findProtected(path) !== undefined,
            }),
            ...{ reports: createDiskReports(join(home, 'storage')), terminal, run: 'r', title: 't' },
            ...{ runner, program: found.program, files, ids: [], coverage: 'none', timeoutMs: 200_000 },
            source: { files: new Set(sources.keys()), read: async (path) => sources.get(path) },
            place: {
              ...{ cwd: isConfined ? root : location, base: '', prefixes: [root, location], env: {} },
              confinement: isConfined
                ? {
                    ...{ kind: 'sandbox', tree: location, mountAt: root, treeAccess: 'write' },
                    ...{ dependencies, writable: [] },
                  }
                : { kind: 'none' },
            },
          },
          never,
        );
        assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
        const lines = renderTests(outcome.tests);
        for (const line of expected) assert.ok(lines.includes(line), `${line}\n\n${lines.join('\n')}`);
      });
  });
}
