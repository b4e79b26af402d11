import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskReports } from '../../server/adapters/diskReports.ts';
import { DiskScratch } from '../../server/adapters/diskScratch.ts';
import { SpawnProcesses } from '../../server/adapters/spawnProcesses.ts';
import { resolveTrustedTool } from '../../server/adapters/trustedTool.ts';
import { findProtected } from '../../server/engine/safety/protectedPaths.ts';
import { nodeTest } from '../../server/engine/testing/runners/nodeTest.ts';
import { pytest } from '../../server/engine/testing/runners/pytest.ts';
import type { Runner } from '../../server/engine/testing/runners/runner.ts';
import { runTests, type TestRunResult } from '../../server/engine/testing/runTests.ts';
import type { RunPlace } from '../../server/engine/testing/testRun.ts';
import { installProject } from './installProject.ts';
import { runnerProjects } from './runnerProjects.ts';

const never = new AbortController().signal;
const hasSandbox = process.platform === 'linux' && resolveTrustedTool('bwrap') !== undefined;

interface Tried {
  readonly runner: Runner;
  readonly program: readonly [string, ...string[]];
  readonly file: string;
  /** The process that runs tests, as they see it: some runners run them in their own. */
  readonly own: 'process.pid' | 'process.ppid';
  /** The text of a test file whose one test does this. */
  readonly wrap: (body: string) => string;
}

const script = (module: string, body: string): string =>
  `const fs = require('node:fs');\nconst { spawn } = require('node:child_process');\n${module}(('does it'), async () => {\n${body}\n});\n`;

const modern = (body: string): string =>
  `import fs from 'node:fs';\nimport { spawn } from 'node:child_process';\nimport { test } from 'vitest';\ntest('does it', async () => {\n${body}\n}, 60_000);\n`;

const tried: readonly Tried[] = [
  {
    ...{ runner: nodeTest, program: [process.execPath], file: 'x.test.js', own: 'process.ppid' },
    wrap: (body) => script("require('node:test').test", body),
  },
  {
    ...{ runner: pytest, program: ['python3'], file: 'test_x.py', own: 'process.ppid' },
    wrap: (body) =>
      `def test_does_it():\n    import subprocess, sys\n    subprocess.run([${JSON.stringify(process.execPath)}, '-e', ${JSON.stringify(`const fs = require('node:fs'); const { spawn } = require('node:child_process'); (async () => {${body}})()`)}])\n`,
  },
  ...runnerProjects
    .filter(({ name }) => name === 'mocha' || name === 'jest')
    .map(({ runner, program, name }) => ({
      ...{ runner, program, file: 'test/x.test.js', own: 'process.pid' as const },
      wrap: (body: string) => script(name === 'jest' ? 'test' : 'it', body),
    })),
  ...runnerProjects
    .filter(({ name }) => name === 'vitest')
    .map(({ runner, program }) => ({
      ...{ runner, program, file: 'test/x.test.mjs', own: 'process.ppid' as const, wrap: modern },
    })),
];

/** Finds the report folder as anything that runs there can: in the words that started a process above. */
const findReports = `
  const above = [];
  for (let pid = process.pid; pid > 1 && above.length < 9; ) {
    try {
      above.push(fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8'));
      pid = Number(fs.readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').pop().split(' ')[1]);
    } catch { break; }
  }
  const reports = /[^\\0=]*\\/reports\\/[^/\\0]+\\/tree/.exec(above.join('\\0'))?.[0];
  const files = fs.readdirSync(reports).filter((name) => /\\.(?:jsonl|xml)$/.test(name)).map((name) => reports + '/' + name);
`;

/** What a test does, and how its run may end: each in time, with a clear outcome, and with no process left. */
const attacks: readonly (readonly [string, string, RegExp])[] = [
  ['never ends', 'for (;;);', /timedOut/u],
  [
    'leaves children in sessions of their own, forked twice',
    `for (const words of [['sleep', '300'], ['sh', '-c', 'setsid sleep 300 & sleep 300 & exit']])
      spawn('setsid', words, { stdio: 'ignore', detached: true }).unref();
    await new Promise((resolve) => setTimeout(resolve, 200));`,
    /finished green/u,
  ],
  [
    'prints 1 GB',
    `const text = 'x'.repeat(1 << 20) + '\\n';
    for (let at = 0; at < 1024; at += 1) await new Promise((written) => process.stdout.write(text, written));`,
    /finished (?:green|red)|noReport|timedOut/u,
  ],
  ['kills what runs it', "process.kill(RUNNER, 'SIGKILL');", /noReport|finished red/u],
  [
    'closes its streams',
    'for (const fd of [0, 1, 2]) try { fs.closeSync(fd); } catch {}',
    /finished|noReport/u,
  ],
  [
    'deletes the folder of its report',
    `${findReports} fs.rmSync(reports, { recursive: true, force: true });`,
    /noReport|finished green/u,
  ],
  [
    'makes its report 1 GB long',
    `${findReports} for (const file of files.length > 0 ? files : [reports + '/pytest.xml', reports + '/jest.jsonl']) { fs.appendFileSync(file, ''); fs.truncateSync(file, 2 ** 30); }`,
    /noReport|finished green/u,
  ],
];

for (const { runner, program, file, own, wrap } of tried) {
  describe(`A hostile test under ${runner.id}`, function () {
    this.timeout(60_000);
    let base = '';
    let root = '';
    let mark = '';
    before(async function () {
      if (process.platform !== 'linux') this.skip();
      this.timeout(300_000);
      if (runner.npmPackage !== undefined) project = await installProject(runner.id);
    });
    let project: string | undefined;
    beforeEach(() => {
      base = mkdtempSync(join(tmpdir(), 'codegen-lab-hostile-'));
      root = join(base, 'project');
      mark = randomUUID();
      mkdirSync(join(root, 'test'), { recursive: true });
      execFileSync('git', ['init', '-q'], { cwd: root });
      writeFileSync(join(root, 'package.json'), '{"name":"hostile"}');
      writeFileSync(join(root, '.gitignore'), 'node_modules\n');
      if (project !== undefined) symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    });
    afterEach(() => rmSync(base, { recursive: true, force: true }));

    const processes = new SpawnProcesses({
      environment: process.env,
      isProtected: (path) => findProtected(path) !== undefined,
    });
    const run = (place: RunPlace, timeoutMs: number): Promise<TestRunResult> =>
      runTests(
        {
          ...{ processes, reports: createDiskReports(join(base, 'storage')), run: 'r', title: 't' },
          terminal: { open: () => ({ write: () => undefined, close: () => undefined, stopped: never }) },
          ...{ runner, program, files: [file], ids: [], coverage: 'none', timeoutMs },
          place: { ...place, env: { HOSTILE_TEST: mark } },
        },
        never,
      );
    const confined = async (): Promise<RunPlace> => {
      const made = await new DiskScratch(join(base, 'storage'), () => false).create(
        { run: 'r', root, unsaved: new Map(), dependencies: 'mounted' },
        never,
      );
      assert.ok(made.kind === 'ready', JSON.stringify(made));
      const { location, dependencies } = made.tree;
      const confinement: RunPlace['confinement'] = {
        kind: 'sandbox',
        tree: location,
        mountAt: root,
        treeAccess: 'write',
        dependencies,
        writable: [],
      };
      return { cwd: root, base: '', prefixes: [root, location], confinement, env: {} };
    };
    const free = (): Promise<RunPlace> =>
      Promise.resolve({ cwd: root, base: '', prefixes: [root], confinement: { kind: 'none' }, env: {} });

    // The sandbox shows Node to pytest not, and would need the dependencies of the others in the copy.
    const isConfinable = runner.npmPackage === undefined && runner !== pytest;
    for (const [title, body, expected] of attacks) {
      for (const where of isConfinable ? (['free', 'confined'] as const) : (['free'] as const)) {
        it(`that ${title} (${where}) ends in time and leaves nothing`, async function () {
          if (where === 'confined' && !hasSandbox) this.skip();
          writeFileSync(join(root, file), wrap(body.replaceAll('RUNNER', own)));
          const began = performance.now();
          const { outcome } = await run(
            await (where === 'free' ? free() : confined()),
            expected.test('timedOut') ? 3_000 : 20_000,
          );
          assert.ok(performance.now() - began < 20_000);
          const colour =
            outcome.kind !== 'finished'
              ? outcome.kind
              : `finished ${outcome.tests.every(({ status }) => status === 'passed') ? 'green' : 'red'}`;
          assert.match(colour, expected, JSON.stringify(outcome).slice(0, 2_000));
          if (outcome.kind !== 'finished')
            assert.ok('message' in outcome && outcome.message.length > 20, JSON.stringify(outcome));
          assert.deepEqual(processesWith(`HOSTILE_TEST=${mark}`), []);
        });
      }
    }
  });
}

/** Command lines of living processes whose environment holds this. */
function processesWith(variable: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && textOf(`/proc/${name}/environ`).split('\0').includes(variable))
    .map((name) => textOf(`/proc/${name}/cmdline`).replaceAll('\0', ' '))
    .filter((words) => words !== '');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
