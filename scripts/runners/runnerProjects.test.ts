import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskReports } from '../../server/adapters/diskReports.ts';
import { DiskScratch } from '../../server/adapters/diskScratch.ts';
import { SpawnProcesses } from '../../server/adapters/spawnProcesses.ts';
import { resolveTrustedTool } from '../../server/adapters/trustedTool.ts';
import type { Terminal } from '../../server/engine/ports/terminal.ts';
import { findProtected } from '../../server/engine/safety/protectedPaths.ts';
import { runTests, type TestRunResult } from '../../server/engine/testing/runTests.ts';
import type { RunPlace, TestRun } from '../../server/engine/testing/testRun.ts';
import { renderTests } from '../../server/test/recordedReports.ts';
import { installProject } from './installProject.ts';
import { runnerProjects, type RunnerProject } from './runnerProjects.ts';

const never = new AbortController().signal;
const hasSandbox = process.platform === 'linux' && resolveTrustedTool('bwrap') !== undefined;
const cli = join(import.meta.dirname, '../../server/test/cliProcess.ts');

for (const project of runnerProjects) {
  describe(`A project of ${project.name}`, function () {
    this.timeout(120_000);
    let root = '';
    let storage = '';
    let shown = '';
    before(async function () {
      this.timeout(300_000);
      root = await installProject(project.name);
    });
    beforeEach(() => {
      storage = mkdtempSync(join(tmpdir(), 'codegen-lab-runners-'));
      shown = '';
    });
    afterEach(() => rmSync(storage, { recursive: true, force: true }));

    const processes = new SpawnProcesses({
      environment: process.env,
      isProtected: (path) => findProtected(path) !== undefined,
    });
    const terminal: Terminal = {
      open: () => ({ write: (text) => (shown += text), close: () => undefined, stopped: never }),
    };
    const run = (place: RunPlace, more: Partial<TestRun> = {}): Promise<TestRunResult> =>
      runTests(
        {
          ...{ processes, reports: createDiskReports(storage), terminal, run: 'r', title: 't' },
          ...{ runner: project.runner, program: project.program, files: project.files, ids: [] },
          ...{ coverage: 'none', timeoutMs: 60_000, place },
          ...more,
        },
        never,
      );
    const linesOf = ({ outcome }: TestRunResult): readonly string[] => {
      assert.ok(outcome.kind === 'finished', `${JSON.stringify(outcome)}\n${shown}`);
      return [...renderTests(outcome.tests)].sort();
    };
    /** Where a run takes place: in the copy that the sandbox shows, in one beside it, or where the project lies. */
    const places: Readonly<Record<string, () => Promise<RunPlace>>> = {
      'in the sandbox': async () => {
        const { location, dependencies } = await copy('mounted');
        return placeAt(root, [root, location], {
          ...{ kind: 'sandbox', tree: location, mountAt: root, treeAccess: 'write' },
          ...{ dependencies, writable: [] },
        });
      },
      'in a copy with linked dependencies': async () => {
        const { location } = await copy('linked');
        return placeAt(location, [root, location], { kind: 'none' });
      },
      'in place, which it cannot write': () =>
        Promise.resolve(
          placeAt(root, [root], {
            ...{ kind: 'sandbox', tree: root, mountAt: root, treeAccess: 'read' },
            ...{ dependencies: [], writable: [] },
          }),
        ),
    };
    const copy = async (dependencies: 'mounted' | 'linked'): Promise<Tree> => {
      const made = await new DiskScratch(storage, () => false).create(
        { run: 'r', root, unsaved: new Map(), dependencies },
        never,
      );
      assert.ok(made.kind === 'ready', JSON.stringify(made));
      return made.tree;
    };

    it('is tested by the command line, which finds the runner', () => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [cli, 'test', '--trust', '--json', '--root', root],
        {
          encoding: 'utf8',
          timeout: 60_000,
          env: { ...process.env, XDG_STATE_HOME: storage, XDG_DATA_HOME: storage },
        },
      );
      assert.equal(status, 1, stdout + stderr);
      const { runner, tests } = documentOf(stdout);
      assert.equal(runner, project.runner.id);
      assert.deepEqual([...renderTests(tests)].sort(), [...project.tests].sort());
      assert.equal(
        execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: root, encoding: 'utf8' }).includes(
          'coverage',
        ),
        false,
      );
    });

    for (const [title, place] of Object.entries(places)) {
      it(`runs ${title}`, async function () {
        if (title !== 'in a copy with linked dependencies' && !hasSandbox) this.skip();
        assert.deepEqual(linesOf(await run(await place())), [...project.tests].sort());
      });
    }

    it('runs single tests by their ids, and no other', async () => {
      const place = placeAt(root, [root], { kind: 'none' });
      const expected = project.single.map((id) => `${id} passed`);
      const result = await run(place, { files: [firstFile(project)], ids: project.single });
      assert.deepEqual(linesOf(result), [...expected].sort());
    });

    it('runs in an order that a seed decides, and measures lines meanwhile', async () => {
      const place = placeAt(root, [root], { kind: 'none' });
      const result = await run(place, { coverage: 'lines', seed: 4_294_967_295 });
      assert.deepEqual(linesOf(result), [...project.tests].sort());
      const { path, lines } = project.uncovered;
      assert.deepEqual(
        result.coverage?.find((file) => file.path === path)?.missed,
        lines,
        JSON.stringify(result.coverage),
      );
    });
  });
}

interface Tree {
  readonly location: string;
  readonly dependencies: readonly string[];
}

function placeAt(cwd: string, prefixes: readonly string[], confinement: RunPlace['confinement']): RunPlace {
  return { cwd, base: '', prefixes, confinement, env: {} };
}

function firstFile({ files: [first = ''] }: RunnerProject): string {
  return first;
}

type Rendered = NonNullable<Parameters<typeof renderTests>[0]>;

interface TestDocument {
  readonly runner: string;
  readonly tests: Rendered;
}

function documentOf(text: string): TestDocument {
  return JSON.parse(text) as TestDocument;
}
