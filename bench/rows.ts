import type { BenchRow } from './benchRow.ts';
import { activation } from './rows/activation.ts';
import { affectedTests } from './rows/affectedTests.ts';
import { checkFiles } from './rows/checkFiles.ts';
import { globMatch } from './rows/globMatch.ts';
import { inheritance } from './rows/inheritance.ts';
import { journal } from './rows/journal.ts';
import { keystroke } from './rows/keystroke.ts';
import { locateExact } from './rows/locateExact.ts';
import { locatePeers } from './rows/locatePeers.ts';
import { memory } from './rows/memory.ts';
import { modelCalls } from './rows/modelCalls.ts';
import { mutation } from './rows/mutation.ts';
import { ruleParse } from './rows/ruleParse.ts';
import { safetyScan } from './rows/safetyScan.ts';
import { sandboxSpawn } from './rows/sandboxSpawn.ts';
import { saveToFired } from './rows/saveToFired.ts';
import { serverStart } from './rows/serverStart.ts';
import { testOverhead } from './rows/testOverhead.ts';

/** Every row, in the order in which they run. */
export const benchRows: readonly BenchRow[] = [
  activation,
  serverStart,
  keystroke,
  saveToFired,
  memory,
  ruleParse,
  globMatch,
  inheritance,
  checkFiles,
  locateExact,
  locatePeers,
  modelCalls,
  journal,
  safetyScan,
  sandboxSpawn,
  testOverhead,
  affectedTests,
  mutation,
];

/** The rows that a name stands for: a whole result, such as `glob-match/10k`, or all of a row. Throws for an unknown one. */
export function selectRows(names: readonly string[]): readonly BenchRow[] {
  const known = benchRows.flatMap((row) => row.names);
  const unknown = names.filter((name) => !known.includes(familyOf(name)));
  if (unknown.length > 0) {
    throw new Error(`There is no row ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  }
  if (names.length === 0) return benchRows;
  return benchRows.filter((row) => names.some((name) => row.names.includes(familyOf(name))));
}

/** Whether a result was asked for; without names all were. */
export function isSelected(result: string, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => result === name || familyOf(result) === name);
}

function familyOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}
