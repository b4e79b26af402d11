import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutateResult } from '../../server/engine/engine.ts';
import { applyMutant } from '../../server/engine/testing/mutation/applyMutant.ts';
import { NotMeasurable, type BenchContext, type BenchResult, type BenchRow } from '../benchRow.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { createQuietEngine, neverAborted } from '../measure/quietEngine.ts';
import { besidePeer } from '../measure/results.ts';

const name = 'mutation';

interface Package {
  readonly language: string;
  /** Below test-fixtures/packages. */
  readonly folder: string;
  readonly path: string;
  /** All of its tests, as a person runs them. */
  readonly argv: readonly [string, ...string[]];
  /** Ours over all tests for each mutant. */
  readonly goal: number;
}

const packages: readonly Package[] = [
  {
    language: 'python',
    folder: 'toolz-1.0.0',
    path: 'toolz/dicttoolz.py',
    argv: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    // Few of its tests run one line, and nothing has to be installed for knowing which.
    goal: 0.5,
  },
  {
    language: 'node',
    folder: 'forwarded-3.1.2',
    path: 'index.js',
    argv: [process.execPath, '--test'],
    // Node tells no coverage by test, and the package has one test file: what is left is working side by side.
    goal: 1.2,
  },
];

/** Asking which mutants of a published package its tests kill. */
export const mutation: BenchRow = {
  names: [name],
  async run(context) {
    const results: BenchResult[] = [];
    // Each start of pytest takes as long as a whole tiny row.
    const measured = packages.filter(({ language }) => context.size === 'full' || language === 'node');
    for (const each of measured) results.push(await measure(each, context));
    return results;
  },
};

async function measure(tested: Package, { root, scratch, size }: BenchContext): Promise<BenchResult> {
  const workspace = join(scratch, `mutation-${tested.language}`);
  cpSync(join(root, 'test-fixtures/packages', tested.folder), workspace, { recursive: true });
  if (!isGreen(tested, workspace)) throw new NotMeasurable(`The tests of ${tested.folder} do not pass here.`);
  const count = size === 'full' ? 10 : 2;
  let found: MutateResult | undefined;
  const pairs = await measurePairs({
    ours: async () => {
      const started = performance.now();
      const result = await tryMutants({ root, scratch, workspace, path: tested.path }, count);
      const ms = performance.now() - started;
      if (result.tested.length === 0) throw new NotMeasurable(result.end.message);
      // A machine that is busy may let a run end by its timeout, which counts as a kill.
      if (found !== undefined && idsOf(result) !== idsOf(found))
        throw new Error('The same seed drew other mutants.');
      found = result;
      return ms;
    },
    beside: () => (found === undefined ? 0 : runEverything(tested, workspace, found)),
    rounds: size === 'full' ? 2 : 1,
    warmups: 0,
  });
  const what = `${count} mutants of ${tested.folder}, covering tests only, side by side, in the sandbox`;
  return besidePeer(
    {
      name: `${name}/${tested.language}`,
      what,
      beside: 'all its tests for each mutant, one after the other, without one',
    },
    pairs,
    tested.goal,
  );
}

interface Place {
  readonly root: string;
  readonly scratch: string;
  readonly workspace: string;
  readonly path: string;
}

async function tryMutants({ root, scratch, workspace, path }: Place, count: number): Promise<MutateResult> {
  const { engine } = createQuietEngine(root, join(scratch, 'storage'));
  try {
    await engine.openFolder(workspace, neverAborted);
    return await engine.mutate(
      {
        ...{ root: workspace, path, lines: undefined, tests: [], seed: 1 },
        ...{ maxMutants: count, maxPerFunction: count, maxSeconds: 3_600 },
      },
      neverAborted,
    );
  } finally {
    await engine.dispose();
  }
}

function idsOf({ tested }: MutateResult): string {
  return tested.map(({ mutant }) => mutant.id).join('\n');
}

/** What a loop in a shell would do. Milliseconds. */
function runEverything(tested: Package, workspace: string, found: MutateResult): number {
  const copy = `${workspace}-by-hand`;
  cpSync(workspace, copy, { recursive: true });
  const started = performance.now();
  for (const { mutant } of found.tested) {
    writeFileSync(join(copy, tested.path), applyMutant(found.text, mutant));
    isGreen(tested, copy);
  }
  const ms = performance.now() - started;
  rmSync(copy, { recursive: true });
  return ms;
}

function isGreen({ argv: [program, ...args] }: Package, cwd: string): boolean {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync(program, args, { cwd, env, stdio: 'ignore', timeout: 30_000 }).status === 0;
}
