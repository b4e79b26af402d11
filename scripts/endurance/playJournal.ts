import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultyDisk, type DiskFault } from '../../server/test/endurance/faultyDisk.ts';
import { bundleProgram } from './bundleProgram.ts';
import { writeResult } from './writeResult.ts';

/** Damages journals, and lets every operation on the disk fail. Resolves to whether all held. */
export async function playJournal(): Promise<boolean> {
  // Before the product is loaded, which takes some functions of the system apart then.
  const disk = await createFaultyDisk();
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-endurance-bundle-'));
  try {
    const damage = await damageJournals();
    const program = join(folder, 'dyingProcess.mjs');
    await bundleProgram('server/test/endurance/dyingProcess.ts', program);
    const { endureDiskFaults } = await import('../../server/test/endurance/diskFaultEndurance.ts');
    const result = await endureDiskFaults({
      disk,
      faultsOf,
      program,
      onProgress: ({ played, faults }) => {
        if (played % 25 === 0) console.log(`${played} runs, ${faults.length} faults`);
      },
    });
    const { operations, played, died, landed } = result;
    const faults = [...damage.faults, ...result.faults];
    const row = `| ${[operations, played - died, died, landed, result.faults.length].join(' | ')} |`;
    console.log(row);
    for (const fault of faults) console.log(fault);
    writeResult('journal', 'Journal', [
      "The journal of a real run, and what is kept of it in the user's storage, is cut at every byte, and every bit is flipped: as it was",
      'closed, and as a process that was killed leaves it. Each is found, what stands before is shown, and nothing is done by it.',
      '',
      '| what | cuts | flipped bits | not found |',
      '|---|---|---|---|',
      ...damage.rows,
      '',
      'Every operation that changes the disk (open, write, synchronize, rename, make, remove) of a run that edits a file fails once, in a',
      'run of its own, from opening the folder to its end: the disk is full for a moment, refuses everything from then on, or takes half',
      'of what is written; or the process is killed before the operation or in the middle of it. Then the disk works again. A later',
      'engine finds every step that had been shown, the edit stands once as a whole or not at all, a person was told of what did not',
      'happen, every run has an end, and the next save is edited as usual.',
      '',
      '| operations of a run | runs with a fault | runs that were killed | edits that landed nevertheless | faults |',
      '|---|---|---|---|---|',
      row,
      ...faults.map((fault) => `- ${fault}`),
    ]);
    return faults.length === 0;
  } finally {
    disk.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function faultsOf(operation: string): readonly Pick<DiskFault, 'kind' | 'lasts'>[] {
  const isSync = /sync\b|^fdatasync|^fsync/u.test(operation.split(' ')[0] ?? '');
  const isWrite = /^(?:write|append)/u.test(operation);
  return [
    { kind: isSync ? 'EIO' : 'ENOSPC', lasts: false },
    { kind: 'EROFS', lasts: true },
    { kind: 'die', lasts: false },
    ...(isWrite
      ? [{ kind: 'short', lasts: false } as const, { kind: 'dieHalf', lasts: false } as const]
      : []),
  ];
}

async function damageJournals(): Promise<{
  readonly rows: readonly string[];
  readonly faults: readonly string[];
}> {
  const { writeRealJournal } = await import('../../server/test/endurance/writtenJournal.ts');
  const { judgeDamage, judgeHeadDamage } = await import('../../server/test/endurance/journalDamage.ts');
  const { headText, ...journal } = await writeRealJournal();
  const { bytes, sum, count } = journal.head;
  const results = [
    [`journal of ${count} steps, closed`, judgeDamage(journal)],
    ['the same, its process killed', judgeDamage({ ...journal, head: { bytes, sum, count } })],
    ['how far it was acknowledged', judgeHeadDamage(headText, journal)],
  ] as const;
  return {
    rows: results.map(([what, { cuts, bits, faults }]) => {
      const row = `| ${[what, cuts, bits, faults.length].join(' | ')} |`;
      console.log(row);
      return row;
    }),
    faults: results.flatMap(([, { faults }]) => faults),
  };
}
