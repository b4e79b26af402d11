import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SpawnProcesses } from '../../server/adapters/spawnProcesses.ts';
import { findProtected } from '../../server/engine/safety/protectedPaths.ts';
import { NotMeasurable, type BenchRow } from '../benchRow.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { neverAborted } from '../measure/quietEngine.ts';
import { againstLimit } from '../measure/results.ts';
import { percentile } from '../measure/statistics.ts';

const name = 'sandbox-spawn';

/** Starting a small program in the sandbox, with its mounts and limits, until it has ended. */
export const sandboxSpawn: BenchRow = {
  names: [name],
  async run({ scratch, size }) {
    const isProtected = (path: string): boolean => findProtected(path) !== undefined;
    const processes = new SpawnProcesses({ environment: process.env, isProtected });
    const status = await processes.confinement(neverAborted);
    if (status.kind !== 'ready') throw new NotMeasurable(status.reason);
    const tree = join(scratch, 'confined');
    mkdirSync(tree, { recursive: true });
    const pairs = await measurePairs({
      ours: () =>
        time(async () => {
          const { finished } = processes.start({
            argv: ['/bin/true'],
            cwd: tree,
            env: {},
            timeoutMs: 60_000,
            maxOutputBytes: 1_000,
            confinement: {
              kind: 'sandbox',
              tree,
              mountAt: tree,
              treeAccess: 'write',
              dependencies: [],
              writable: [],
            },
          });
          const end = await finished;
          if (end.kind !== 'exited' || end.code !== 0) throw new Error(`It ended as ${JSON.stringify(end)}.`);
        }),
      beside: () =>
        time(
          () =>
            new Promise((resolve, reject) =>
              spawn('/bin/true', { stdio: 'pipe' }).on('close', resolve).on('error', reject),
            ),
        ),
      rounds: size === 'full' ? 60 : 2,
    });
    const added = percentile(
      pairs.map(({ ours, beside }) => ours - beside),
      95,
    );
    const texts = {
      name,
      what: 'what the sandbox adds to starting a program, the slowest of twenty',
      beside: '25 ms',
    };
    return [againstLimit(texts, [added], 25)];
  },
};

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
