import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskReports } from '../../server/adapters/diskReports.ts';
import { DiskScratch } from '../../server/adapters/diskScratch.ts';
import { createProjectInterpreters } from '../../server/adapters/projectInterpreters.ts';
import { SpawnProcesses } from '../../server/adapters/spawnProcesses.ts';
import { resolveTrustedTool } from '../../server/adapters/trustedTool.ts';
import { pytest } from '../../server/engine/testing/runners/pytest.ts';
import { runTests } from '../../server/engine/testing/runTests.ts';
import { renderTests } from '../../server/test/recordedReports.ts';
import { createEnvironment, ensurePythonTools } from '../demo/pythonTools.ts';

const never = new AbortController().signal;
const top = join(import.meta.dirname, '../..');
const cli = join(top, 'server/test/cliProcess.ts');
const hasSandbox = process.platform === 'linux' && resolveTrustedTool('bwrap') !== undefined;

describe('A project with a lock file of uv', function () {
  this.timeout(120_000);
  let home = '';
  let root = '';
  let env: NodeJS.ProcessEnv = {};

  before(async function () {
    this.timeout(300_000);
    home = mkdtempSync(join(tmpdir(), 'codegen-lab-uv-'));
    root = join(home, 'project');
    const tools = await ensurePythonTools(top, 'runner-uv', 'runners/uv/requirements.txt');
    createEnvironment(tools, home);
    mkdirSync(join(home, 'bin'));
    symlinkSync(join(home, '.venv/bin/uv'), join(home, 'bin/uv'));
    cpSync(join(top, 'test-fixtures/runners/uv'), root, { recursive: true });
    cpSync(tools.wheels, join(root, 'wheels'), { recursive: true });
    writeFileSync(join(root, '.gitignore'), '.venv\nwheels\n');
    execFileSync('git', ['init', '-q'], { cwd: root });
    execFileSync('git', ['add', '.'], { cwd: root });
    env = {
      ...process.env,
      ...{ PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`, VIRTUAL_ENV: '' },
      // The wheels are at hand, and so is Python: what is tried here needs no network.
      ...{ UV_OFFLINE: '1', UV_PYTHON_DOWNLOADS: 'never', UV_CACHE_DIR: join(home, 'cache') },
      ...{ XDG_STATE_HOME: join(home, 'state'), XDG_DATA_HOME: join(home, 'data') },
    };
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  it('says what to do where the sandbox keeps uv from making the environment', async function () {
    if (!hasSandbox) this.skip();
    const found = await createProjectInterpreters(env).find(
      { language: 'python', root, folder: root, wish: '' },
      never,
    );
    assert.ok(found.kind === 'found');
    assert.equal(found.label, 'uv run');
    const storage = join(home, 'storage');
    const made = await new DiskScratch(storage, () => false).create(
      { run: 'r', root, unsaved: new Map(), dependencies: 'mounted' },
      never,
    );
    assert.ok(made.kind === 'ready', JSON.stringify(made));
    const { location, dependencies } = made.tree;
    const { outcome } = await runTests(
      {
        processes: new SpawnProcesses({ environment: env, isProtected: () => false }),
        ...{ reports: createDiskReports(storage), run: 'r', title: 't' },
        terminal: {
          open: () => ({ write: () => undefined, close: () => undefined, stopped: never }),
        },
        ...{ runner: pytest, program: found.program, files: ['tests/test_shop.py'], ids: [] },
        ...{ coverage: 'none', timeoutMs: 60_000 },
        place: {
          ...{ cwd: root, base: '', prefixes: [root, location], env: {} },
          confinement: {
            ...{ kind: 'sandbox', tree: location, mountAt: root, treeAccess: 'write' },
            ...{ dependencies, writable: [] },
          },
        },
      },
      never,
    );
    assert.ok(outcome.kind === 'runnerMissing', JSON.stringify(outcome));
    assert.match(outcome.message, /Run `uv sync` once/u);
  });

  for (const [what, from] of [
    ['as the lock file says, in an environment that uv makes', 'uv run'],
    ['in the environment that stands', '.venv'],
  ] as const)
    it(`is tested ${what}`, async () => {
      const found = await createProjectInterpreters(env).find(
        { language: 'python', root, folder: root, wish: '' },
        never,
      );
      assert.equal(found.kind === 'found' && found.label, from);
      const lock = readFileSync(join(root, 'uv.lock'), 'utf8');
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [cli, 'test', '--trust', '--json', '--root', root],
        { encoding: 'utf8', timeout: 60_000, env },
      );
      assert.equal(status, 1, stdout + stderr);
      const told = JSON.parse(stdout) as TestDocument;
      assert.equal(told.runner, 'pytest');
      assert.deepEqual(
        [...renderTests(told.tests)].toSorted(),
        [
          'tests/test_shop.py::test_total passed',
          'tests/test_shop.py::test_wrong failed: assert 3 == 4 @ tests/test_shop.py:9',
        ],
        stderr,
      );
      assert.ok(existsSync(join(root, '.venv')));
      assert.equal(readFileSync(join(root, 'uv.lock'), 'utf8'), lock);
    });
});

interface TestDocument {
  readonly runner: string;
  readonly tests: NonNullable<Parameters<typeof renderTests>[0]>;
}
