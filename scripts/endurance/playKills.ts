import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endureKills } from '../../server/test/endurance/killEndurance.ts';
import { bundleProgram } from './bundleProgram.ts';
import { writeResult } from './writeResult.ts';

/** Kills that the last result should have. */
const asked = 1_000;

/** Kills a process over and over. Resolves to whether all held. */
export async function playKills(kills: number, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-endurance-bundle-'));
  try {
    const program = join(folder, 'engineProcess.mjs');
    await bundleProgram('server/test/endurance/engineProcess.ts', program);
    const onProgress = (part: { readonly kills: number; readonly faults: readonly string[] }): void =>
      console.log(`${part.kills} kills, ${part.faults.length} faults`);
    const result = await endureKills({ kills, seed, program, onProgress });
    const { faults, insideCommand, whileLanding, acknowledged, runs, interrupted, steps } = result;
    const { notes, edited, undone, leftovers } = result;
    const counts = [kills, insideCommand, whileLanding, acknowledged, runs, interrupted, steps];
    const row = `| ${[...counts, `${edited} of ${notes}`, undone, leftovers, faults.length].join(' | ')} |`;
    console.log(row);
    for (const fault of faults) console.log(fault);
    writeResult('kills', 'Kills', [
      'A process that owns the queue is killed (`kill -9`) while files are saved: at random moments, and in the milliseconds in which',
      'an edit lands. One rule runs three commands on a file, another one lets a model edit it. Afterwards every firing that was',
      'acknowledged had its run, no command had begun twice, every run had an end, and every run that was cut short in a command',
      'said that it was interrupted. Every edited file was as it was before or as the whole edit leaves it, exactly one run knew of each',
      'edit, and undoing that run brought the old file back. After each 100 kills a new workspace is begun, since only the journals of',
      'the newest 2,000 runs of a folder are kept. Leftovers are temporary files beside an edited one, whose writer was',
      'killed and which the next process did not remove; each is a fault.',
      '',
      '| kills | inside a command | while an edit landed | acknowledged firings | runs | interrupted runs | commands | files edited | undone | leftovers | faults |',
      '|---|---|---|---|---|---|---|---|---|---|---|',
      row,
      ...faults.map((fault) => `- ${fault}`),
      ...(kills < asked ? ['', `Not run: the other ${asked - kills} of ${asked} kills.`] : []),
    ]);
    return faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
