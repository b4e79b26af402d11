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
    const rows: string[] = [];
    const faults = [...damage.faults];
    for (const [at, { what, faultsOf }] of passes.entries()) {
      const result = await endureDiskFaults({ disk, faultsOf, program, onProgress: showProgress });
      const { operations, played, landed } = result;
      rows.push(`| ${[what, operations, played, landed, result.faults.length].join(' | ')} |`);
      faults.push(...result.faults);
      console.log(rows.at(-1));
      // After each, since all of them take long.
      writeJournal(damage.rows, rows, faults, passes.slice(at + 1));
    }
    for (const fault of faults) console.log(fault);
    return faults.length === 0;
  } finally {
    disk.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Pass {
  readonly what: string;
  /** What happens to an operation; nothing: it is left out. */
  readonly faultsOf: (operation: string) => readonly Pick<DiskFault, 'kind' | 'lasts'>[];
}

const passes: readonly Pass[] = [
  {
    what: 'the disk is full, or fails to synchronize, once',
    faultsOf: (operation) => [{ kind: isSync(operation) ? 'EIO' : 'ENOSPC', lasts: false }],
  },
  { what: 'the process is killed before it', faultsOf: () => [{ kind: 'die', lasts: false }] },
  { what: 'the disk refuses it and all that follow', faultsOf: () => [{ kind: 'EROFS', lasts: true }] },
  {
    what: 'half is written, once',
    faultsOf: (operation) => (isWrite(operation) ? [{ kind: 'short', lasts: false }] : []),
  },
  {
    what: 'half is written, and the process is killed',
    faultsOf: (operation) => (isWrite(operation) ? [{ kind: 'dieHalf', lasts: false }] : []),
  },
];

function isSync(operation: string): boolean {
  return /^(?:f?datasync|f?sync)/u.test(operation);
}

function isWrite(operation: string): boolean {
  return /^(?:write|append)/u.test(operation);
}

function showProgress({
  played,
  faults,
}: {
  readonly played: number;
  readonly faults: readonly string[];
}): void {
  if (played % 25 === 0) console.log(`${played} runs, ${faults.length} faults`);
}

function writeJournal(
  damageRows: readonly string[],
  rows: readonly string[],
  faults: readonly string[],
  notRun: readonly Pass[],
): void {
  writeResult('journal', 'Journal', [
    "The journal of a real run, and what is kept of it in the user's storage, is cut at every byte, and every bit is flipped: as it was",
    'closed, and as a process that was killed leaves it. Each is found, what stands before is shown, and nothing is done by it.',
    '',
    '| what | cuts | flipped bits | not found |',
    '|---|---|---|---|',
    ...damageRows,
    '',
    'Every operation that changes the disk (open, write, synchronize, rename, make, remove) of a run that edits a file fails, each in a run',
    'of its own, from opening the folder to its end. Then the disk works again. A later engine finds every step that had been shown,',
    'the edit stands once as a whole or not at all, a person was told of what did not happen, every run has an end, and the next save',
    'is edited as usual.',
    '',
    '| what happens to the operation | operations of a run | runs played | edits that landed nevertheless | faults |',
    '|---|---|---|---|---|',
    ...rows,
    ...faults.map((fault) => `- ${fault}`),
    ...(notRun.length === 0 ? [] : ['', `Not run: ${notRun.map(({ what }) => what).join('; ')}.`]),
  ]);
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
