import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endureKills } from '../../server/test/endurance/killEndurance.ts';
import { writeResult } from './writeResult.ts';

const root = dirname(dirname(import.meta.dirname));

/** Kills that the last result should have. */
const asked = 1_000;

/** Kills a process over and over. Resolves to whether all held. */
export async function playKills(kills: number, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-endurance-bundle-'));
  try {
    const program = join(folder, 'engineProcess.mjs');
    await bundle(program);
    const result = await endureKills({ kills, seed, program });
    const { faults, insideCommand, acknowledged, runs, interrupted, steps } = result;
    const row = `| ${[kills, insideCommand, acknowledged, runs, interrupted, steps, faults.length].join(' | ')} |`;
    console.log(row);
    for (const fault of faults) console.log(fault);
    writeResult('kills', 'Kills', [
      'A process that owns the queue is killed (`kill -9`) at random moments while files are saved; a rule runs three commands on',
      'each. Afterwards every firing that was acknowledged had its run, no command had begun twice, every run had an end, and',
      'every run that was cut short in a command said that it was interrupted.',
      '',
      '| kills | inside a command | acknowledged firings | runs | interrupted runs | commands | faults |',
      '|---|---|---|---|---|---|---|',
      row,
      ...faults.map((fault) => `- ${fault}`),
      ...(kills < asked ? ['', `Not run: the other ${asked - kills} of ${asked} kills.`] : []),
    ]);
    return faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** It starts in a fraction of the time that the sources take. */
async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'server/test/endurance/engineProcess.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['vscode'],
    logLevel: 'error',
    // Packages that are CommonJS ask for builtins by `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}
