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
}

const packages: readonly Package[] = [
  {
    language: 'python',
    folder: 'inflection-0.5.1',
    path: 'inflection/__init__.py',
    argv: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
  },
  {
    language: 'node',
    folder: 'forwarded-3.1.2',
    path: 'index.js',
    argv: [process.execPath, '--test'],
  },
];

/** Asking which mutants of a published package its tests kill. */
export const mutation: BenchRow = {
  names: [name],
  async run(context) {
    const results: BenchResult[] = [];
    // That of Python starts pytest so often that it takes as long as all other tiny rows.
    const measured = packages.filter(({ language }) => context.size === 'full' || language === 'node');
    for (const each of measured) results.push(await measure(each, context));
    return results;
  },
};

async function measure(tested: Package, { root, scratch, size }: BenchContext): Promise<BenchResult> {
  const workspace = join(scratch, `mutation-${tested.language}`);
  cpSync(join(root, 'test-fixtures/packages', tested.folder), workspace, { recursive: true });
  if (!isGreen(tested, workspace)) throw new NotMeasurable(`The tests of ${tested.folder} do not pass here.`);
  const count = size === 'full' ? 24 : 2;
  const mutate = (): Promise<MutateResult> =>
    tryMutants({ root, scratch, workspace, path: tested.path }, count);
  const found = await mutate();
  if (found.tested.length === 0) throw new NotMeasurable(found.end.message);
  const pairs = await measurePairs({
    ours: async () => {
      const started = performance.now();
      const { tested: again } = await mutate();
      if (fatesOf(again) !== fatesOf(found.tested)) throw new Error('The same seed came to other fates.');
      return performance.now() - started;
    },
    beside: () => runEverything(tested, workspace, found),
    rounds: size === 'full' ? 2 : 1,
    // The first call found the mutants.
    warmups: 0,
  });
  const what = `${found.tested.length} mutants of ${tested.folder}, covering tests only, side by side, in the sandbox`;
  return besidePeer(
    {
      name: `${name}/${tested.language}`,
      what,
      beside: 'all its tests for each mutant, one after the other, without one',
    },
    pairs,
    1,
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

function fatesOf(tested: MutateResult['tested']): string {
  return tested.map(({ mutant, fate }) => `${mutant.id} ${fate.kind === 'survived'}`).join('\n');
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
