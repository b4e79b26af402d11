import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endureSharing } from '../../server/test/endurance/sharedEndurance.ts';
import { bundleProgram } from './bundleProgram.ts';
import { writeResult } from './writeResult.ts';

const processes = 4;
/** Rounds that the last result should have. */
const asked = 100;

/** Lets several processes work in one folder at once. Resolves to whether all held. */
export async function playShared(rounds: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-endurance-bundle-'));
  try {
    const program = join(folder, 'engineProcess.mjs');
    await bundleProgram('server/test/endurance/engineProcess.ts', program);
    const { runs, landed, gaveWay, faults } = await endureSharing({ processes, rounds, program });
    const row = `| ${[processes, rounds, runs, landed, gaveWay, faults.length].join(' | ')} |`;
    console.log(row);
    for (const fault of faults) console.log(fault);
    writeResult('shared', 'Several processes in one folder', [
      'Several processes have one folder open, as windows and command lines have, with one storage. One file after the other is saved in',
      'all of them at once, and in each a rule edits it. A file holds as many edits as runs say that theirs landed, as a whole; a run',
      'whose file another process changed meanwhile does not write over that; every run has an end in a journal that is whole.',
      '',
      '| processes | files saved in all at once | runs | edits that landed | runs that gave way | faults |',
      '|---|---|---|---|---|---|',
      row,
      ...faults.map((fault) => `- ${fault}`),
      ...(rounds < asked ? ['', `Not run: the other ${asked - rounds} of ${asked} files.`] : []),
    ]);
    return faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
