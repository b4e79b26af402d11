import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDiskReports } from '../adapters/diskReports.ts';
import { DiskScratch } from '../adapters/diskScratch.ts';
import { SpawnProcesses } from '../adapters/spawnProcesses.ts';
import { resolveTrustedTool } from '../adapters/trustedTool.ts';
import { findProtected } from '../engine/safety/protectedPaths.ts';
import type { ScratchTree } from '../engine/ports/scratch.ts';
import type { Terminal } from '../engine/ports/terminal.ts';
import { nodeTest } from '../engine/testing/runners/nodeTest.ts';
import { pytest } from '../engine/testing/runners/pytest.ts';
import { runTests, type TestRunResult } from '../engine/testing/runTests.ts';
import type { RunPlace, TestRun } from '../engine/testing/testRun.ts';
import { renderTests } from './recordedReports.ts';

const never = new AbortController().signal;
const hasSandbox = process.platform === 'linux' && resolveTrustedTool('bwrap') !== undefined;

/** Nodes at hand: the one that runs this, and the system's own if it is another. */
const nodes = [...new Set([process.execPath, ...(existsSync('/usr/bin/node') ? ['/usr/bin/node'] : [])])];

describe('Tests in a copy of a workspace, with the real runners', function () {
  this.timeout(60_000);
  let base = '';
  let root = '';
  let shown = '';
  const stopped = new AbortController();
  const processes = new SpawnProcesses({
    environment: process.env,
    isProtected: (path) => findProtected(path) !== undefined,
  });
  const terminal: Terminal = {
    open: () => ({ write: (text) => (shown += text), close: () => undefined, stopped: stopped.signal }),
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-real-'));
    root = join(base, 'my project');
    shown = '';
    mkdirSync(root);
    execFileSync('git', ['init', '-q'], { cwd: root });
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  const copy = async (dependencies: 'mounted' | 'linked'): Promise<ScratchTree> => {
    const made = await new DiskScratch(join(base, 'storage'), () => false).create(
      { run: 'r', root, unsaved: new Map(), dependencies },
      never,
    );
    assert.ok(made.kind === 'ready', JSON.stringify(made));
    return made.tree;
  };

  const confined = (tree: ScratchTree, folder: string): RunPlace => ({
    cwd: folder === '' ? root : join(root, folder),
    base: folder,
    prefixes: [root, tree.location],
    confinement: {
      kind: 'sandbox',
      tree: tree.location,
      mountAt: root,
      treeAccess: 'write',
      dependencies: tree.dependencies,
      writable: [],
    },
    env: {},
  });
  const unconfined = (tree: ScratchTree, folder: string): RunPlace => ({
    cwd: join(tree.location, folder),
    base: folder,
    prefixes: [root, tree.location],
    confinement: { kind: 'none' },
    env: {},
  });

  const run = (
    request: Pick<TestRun, 'runner' | 'program' | 'place'> & Partial<TestRun>,
    signal: AbortSignal = never,
  ): Promise<TestRunResult> =>
    runTests(
      {
        processes,
        reports: createDiskReports(join(base, 'storage')),
        terminal,
        run: 'r',
        title: 't',
        files: [],
        ids: [],
        coverage: 'none',
        timeoutMs: 30_000,
        ...request,
      },
      signal,
    );

  const lines = ({ outcome }: TestRunResult): readonly string[] => {
    assert.ok(outcome.kind === 'finished', `${JSON.stringify(outcome)}\n${shown}`);
    return renderTests(outcome.tests);
  };

  const javascript = (folder: string): void => {
    put(`${folder}package.json`, '{"name":"sample"}');
    put(`${folder}src/calc.js`, 'exports.add = (a, b) => a + b;\nexports.never = () => {\n  return 1;\n};\n');
    put(
      `${folder}test/calc.test.js`,
      `const { test, describe, it } = require('node:test');\nconst assert = require('node:assert/strict');\nconst { add } = require('../src/calc.js');\n` +
        `test('adds', () => assert.equal(add(1, 2), 3));\ntest('adds more', () => assert.equal(add(1, 2), 4));\ndescribe('a group', () => { it('adds (really) [1]', () => {}); it('skips', { skip: true }, () => {}); });\n`,
    );
  };

  const python = (folder: string): void => {
    put(`${folder}pyproject.toml`, '[project]\nname = "sample"\nversion = "1"\n');
    put(`${folder}calc.py`, 'def add(a, b):\n    return a + b\n\n\ndef never():\n    return 1\n');
    put(
      `${folder}tests/test_calc.py`,
      'import pytest\n\nfrom calc import add\n\n\ndef test_adds():\n    assert add(1, 2) == 3\n\n\ndef test_wrong():\n    assert add(1, 2) == 4\n\n\n' +
        'class TestMore:\n    @pytest.mark.parametrize("n", ["a b", "x::y", "[z]"])\n    def test_each(self, n):\n        assert n\n',
    );
  };

  for (const kind of ['confined', 'unconfined'] as const) {
    const placeIn = async (folder: string): Promise<RunPlace> =>
      kind === 'confined'
        ? confined(await copy('mounted'), folder)
        : unconfined(await copy('linked'), folder);

    describe(kind, () => {
      beforeEach(function () {
        if (kind === 'confined' && !hasSandbox) this.skip();
      });

      for (const node of nodes) {
        for (const folder of ['', 'packages/one']) {
          it(`${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()} runs ${folder === '' ? 'a package' : 'a nested package'}`, async () => {
            javascript(folder === '' ? '' : `${folder}/`);
            const at = folder === '' ? '' : `${folder}/`;
            const result = await run({
              runner: nodeTest,
              program: [node],
              place: await placeIn(folder),
              files: [`${at}test/calc.test.js`],
              coverage: 'lines',
            });
            assert.deepEqual(lines(result), [
              `${at}test/calc.test.js::adds passed`,
              `${at}test/calc.test.js::adds more failed: Expected values to be strictly equal: 3 !== 4 @ ${at}test/calc.test.js:5`,
              `${at}test/calc.test.js::a group::adds (really) [1] passed`,
              `${at}test/calc.test.js::a group::skips skipped`,
            ]);
            const covered = result.coverage?.find((file) => file.path === `${at}src/calc.js`);
            assert.deepEqual(covered?.missed, [2]);
            assert.match(shown, /adds more/u);
          });
        }

        it(`${node} runs one test by its id`, async () => {
          javascript('');
          const place = await placeIn('');
          const id = 'test/calc.test.js::a group::adds (really) [1]';
          const result = await run({
            runner: nodeTest,
            program: [node],
            place,
            files: ['test/calc.test.js'],
            ids: [id],
          });
          assert.deepEqual(lines(result), [`${id} passed`]);
        });
      }

      for (const folder of ['', 'packages/two']) {
        it(`pytest runs ${folder === '' ? 'a package' : 'a nested package'}`, async () => {
          const at = folder === '' ? '' : `${folder}/`;
          python(at);
          const result = await run({
            runner: pytest,
            program: ['python3'],
            place: await placeIn(folder),
            files: [`${at}tests/test_calc.py`],
          });
          assert.deepEqual(lines(result), [
            `${at}tests/test_calc.py::test_adds passed`,
            `${at}tests/test_calc.py::test_wrong failed: assert 3 == 4 @ ${at}tests/test_calc.py:11`,
            ...['a b', 'x::y', '[z]'].map((n) => `${at}tests/test_calc.py::TestMore::test_each[${n}] passed`),
          ]);
        });
      }

      it('pytest runs one test by its id', async () => {
        python('');
        const place = await placeIn('');
        for (const id of [
          'tests/test_calc.py::test_adds',
          'tests/test_calc.py::TestMore::test_each[x::y]',
          'tests/test_calc.py::TestMore::test_each[a b]',
        ]) {
          assert.deepEqual(
            lines(
              await run({
                runner: pytest,
                program: ['python3'],
                place,
                files: ['tests/test_calc.py'],
                ids: [id],
              }),
            ),
            [`${id} passed`],
          );
        }
      });

      it("uses the workspace's virtual environment and packages", async () => {
        python('');
        execFileSync(
          'python3',
          ['-m', 'venv', '--without-pip', '--system-site-packages', join(root, '.venv')],
          { stdio: 'ignore' },
        );
        put('.gitignore', '.venv\nnode_modules\n');
        put('node_modules/dep/index.js', 'module.exports = 7;');
        put('package.json', '{}');
        put(
          'dep.test.js',
          "require('node:test').test('dep', () => require('node:assert').equal(require('dep'), 7));",
        );
        const place = await placeIn('');
        const program = join(place.cwd, '.venv/bin/python');
        assert.equal(
          lines(await run({ runner: pytest, program: [program], place, files: ['tests/test_calc.py'] }))
            .length,
          5,
        );
        assert.deepEqual(
          lines(await run({ runner: nodeTest, program: ['node'], place, files: ['dep.test.js'] })),
          ['dep.test.js::dep passed'],
        );
      });

      const ends: readonly (readonly [string, string, TestRunResult['outcome']['kind'], RegExp])[] = [
        [
          'hangs',
          'setInterval(() => {}, 1000); require("node:test").test("x", () => new Promise(() => {}));',
          'timedOut',
          /did not end within/u,
        ],
        [
          'exits at once with success',
          'require("node:test").test("x", () => process.exit(0));',
          'noTests',
          /ended before/u,
        ],
        [
          'exits in the middle with success',
          'const { test } = require("node:test"); test("a", () => {}); test("b", async () => { await new Promise((r) => setTimeout(r, 300)); process.exit(0); }); test("c", () => { throw 1; });',
          'finished',
          /./u,
        ],
        [
          'is killed',
          'require("node:test").test("x", () => process.kill(process.pid, "SIGKILL"));',
          'finished',
          /./u,
        ],
        [
          'prints endlessly',
          'for (;;) process.stdout.write("x".repeat(65536));',
          'timedOut',
          /did not end within/u,
        ],
        ['has no tests', 'module.exports = 1;', 'noTests', /no test/u],
      ];
      for (const [title, text, expected, message] of ends) {
        it(`tells a file that ${title}`, async () => {
          put('x.test.js', text);
          const { outcome } = await run({
            runner: nodeTest,
            program: [process.execPath],
            place: await placeIn(''),
            files: ['x.test.js'],
            timeoutMs: expected === 'timedOut' ? 1_500 : 30_000,
          });
          assert.equal(outcome.kind, expected, JSON.stringify(outcome));
          if (outcome.kind === 'finished')
            assert.ok(!outcome.tests.every((test) => test.status === 'passed'), JSON.stringify(outcome));
          else assert.match('message' in outcome ? outcome.message : '', message);
        });
      }

      it('does not believe pytest when a test ends the run with success', async () => {
        put(
          'test_x.py',
          'import pytest\n\ndef test_a():\n    pass\n\ndef test_b():\n    pytest.exit("bye", returncode=0)\n\ndef test_c():\n    assert 0\n',
        );
        put('test_y.py', 'import os\n\ndef test_a():\n    os._exit(0)\n');
        const place = await placeIn('');
        for (const file of ['test_x.py', 'test_y.py']) {
          const { outcome } = await run({ runner: pytest, program: ['python3'], place, files: [file] });
          assert.equal(outcome.kind, 'noReport', file);
        }
      });

      it('tells that a runner is missing', async () => {
        python('');
        const place = await placeIn('');
        const missing = await run({ runner: pytest, program: ['no-such-python'], place });
        assert.equal(missing.outcome.kind, 'runnerMissing', JSON.stringify(missing));
      });

      it('stops when it is cancelled, and leaves no report folder', async () => {
        put(
          'x.test.js',
          'require("node:test").test("x", () => new Promise(() => setInterval(() => {}, 1000)));',
        );
        const abort = new AbortController();
        const place = await placeIn('');
        setTimeout(() => abort.abort(), 300);
        const { outcome } = await run(
          { runner: nodeTest, program: [process.execPath], place, files: ['x.test.js'] },
          abort.signal,
        );
        assert.deepEqual(outcome, { kind: 'cancelled' });
        assert.deepEqual(readdirSync(join(base, 'storage/reports')), []);
      });
    });
  }

  it('runs in place with the tree read-only, and changes nothing there', async function () {
    if (!hasSandbox) this.skip();
    python('');
    javascript('');
    const before = readdirSync(root, { recursive: true }).map(String);
    const place: RunPlace = {
      cwd: root,
      base: '',
      prefixes: [root],
      confinement: {
        kind: 'sandbox',
        tree: root,
        mountAt: root,
        treeAccess: 'read',
        dependencies: [],
        writable: [],
      },
      env: {},
    };
    assert.equal(
      lines(await run({ runner: pytest, program: ['python3'], place, files: ['tests/test_calc.py'] })).length,
      5,
    );
    assert.equal(
      lines(await run({ runner: nodeTest, program: [process.execPath], place, files: ['test/calc.test.js'] }))
        .length,
      4,
    );
    assert.deepEqual(readdirSync(root, { recursive: true }).map(String), before);
  });

  it('does not believe a report that is a link to another file', async function () {
    if (!hasSandbox) this.skip();
    put('x.test.js', 'require("node:fs").readdirSync("/");');
    const reports = createDiskReports(join(base, 'storage'));
    const folder = await reports.open();
    symlinkSync('/etc/passwd', join(folder.location, 'node-test.jsonl'));
    assert.equal((await folder.read('node-test.jsonl', 10_000)).kind, 'unreadable');
    await folder.dispose();
  });
});
