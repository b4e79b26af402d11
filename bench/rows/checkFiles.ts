import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DiskFiles } from '../../server/adapters/diskFiles.ts';
import type { Engine } from '../../server/engine/engine.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { createCheckRules } from '../inputs/createCheckRules.ts';
import { createWorkspace } from '../inputs/createWorkspace.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { createQuietEngine, neverAborted } from '../measure/quietEngine.ts';
import { besidePeer, notMeasured } from '../measure/results.ts';
import { findRipgrep, timeRipgrep } from '../peers/findRipgrep.ts';

const name = 'check-files';

/** `codegen-lab check` of a whole repository: of all files, and once none of them changed. */
export const checkFiles: BenchRow = {
  names: [name],
  async run(context) {
    const { root, scratch, size } = context;
    const amount = size === 'full' ? { files: 10_000, rules: 50 } : { files: 20, rules: 5 };
    const folder = join(scratch, 'checked');
    createWorkspace(folder, { files: amount.files, rules: 1 });
    const patterns = createCheckRules(folder, amount.rules);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('git', ['add', '--all'], { cwd: folder });
    // What was written a moment ago counts as about to change.
    if (size === 'full') await delay(3_000);
    const running = createQuietEngine(root, join(scratch, 'checked-storage'));
    try {
      await running.engine.openFolder(folder, neverAborted);
      const place = { engine: running.engine, folder };
      const what = `checks of ${amount.files} files by ${amount.rules} rules`;
      return [await measureWarm(place, what, context), await measureCold(place, { what, patterns }, context)];
    } finally {
      await running.engine.dispose();
    }
  },
};

interface Place {
  readonly engine: Engine;
  readonly folder: string;
}

async function measureWarm(
  { engine, folder }: Place,
  what: string,
  { size }: BenchContext,
): Promise<BenchResult> {
  const files = new DiskFiles();
  const pairs = await measurePairs({
    ours: () => time(() => engine.check(folder, 'all', neverAborted, { remembered: true })),
    beside: () => time(() => files.list(folder, neverAborted)),
    rounds: size === 'full' ? 15 : 1,
  });
  const texts = {
    name: `${name}/warm`,
    what: `${what}, none of which changed`,
    beside: 'a bare listing of the files',
  };
  return besidePeer(texts, pairs, 1.5);
}

interface Search {
  readonly what: string;
  readonly patterns: readonly string[];
}

async function measureCold(
  { engine, folder }: Place,
  { what, patterns }: Search,
  { size, peers }: BenchContext,
): Promise<BenchResult> {
  const ripgrep = findRipgrep(peers);
  if (ripgrep === undefined) return notMeasured(`${name}/ripgrep`, 'there is no ripgrep (rg) here');
  const pairs = await measurePairs({
    ours: () => time(() => engine.check(folder, 'all', neverAborted)),
    beside: () => timeRipgrep(ripgrep, folder, patterns),
    rounds: size === 'full' ? 5 : 1,
  });
  return besidePeer(
    { name: `${name}/ripgrep`, what, beside: 'ripgrep with the same patterns one by one' },
    pairs,
    1,
  );
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
