import type { Mutant } from '../../../../protocol/mutants.ts';
import type { FileCoverage } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { normaliseTest } from '../../../generation/candidates/normaliseTest.ts';
import { nameOf, type CandidateFile } from './candidateFile.ts';
import { linesOf } from './coverageGain.ts';
import type { Docket } from './docket.ts';
import { outOfTime } from './outOfTime.ts';

/** What a candidate adds to the tests before. */
export interface Gain {
  /** Lines that no test ran before, as `path:line`; undefined: not measured. */
  readonly lines: readonly string[] | undefined;
  /** It takes branches that no test took. */
  readonly branches: boolean;
  /** Mutants that the tests before let live; undefined: not measured. */
  readonly kills: readonly Mutant[] | undefined;
  /** How many such mutants there were on the lines that it runs. */
  readonly tried: number;
  /** How many mutants the tests before kill, where they were asked about all that it could kill; else 0. */
  readonly dead: number;
  /** Of those that were tried, sentences about some that it let live. */
  readonly living: readonly string[];
  /** How many mutants on the lines that it runs it was not asked about in time. */
  readonly late: number;
  /** There was no time to see which ways it takes at conditions. */
  readonly lateBranches: boolean;
}

/**
 * Drops what adds nothing. A test that runs nothing new and kills a mutant is kept: it asserts what the tests before ran
 * without looking. One that runs something new has to kill a mutant where there is one to kill. Who was not asked all of that in
 * time is neither proven nor said to add nothing.
 */
export function filterGain(docket: Docket, gains: ReadonlyMap<TestNode, Gain>): void {
  for (const test of docket.alive) {
    const gain = gains.get(test);
    if (gain === undefined) continue;
    const { lines, branches, kills, tried, dead, living } = gain;
    if (kills !== undefined && kills.length > 0) continue;
    const open = leftOpen(gain);
    if (open !== undefined) {
      docket.drop(test, outOfTime(open));
      continue;
    }
    const covers = lines === undefined || lines.length > 0 || branches;
    if (lines === undefined && kills !== undefined && tried === 0 && dead > 0)
      docket.drop(test, {
        filter: 'mutation',
        reason: `kills no mutant: the tests before it kill all ${dead} that were tried`,
      });
    else if (!covers)
      docket.drop(test, {
        filter: 'coverage',
        reason: `runs no line or branch that other tests do not run${kills === undefined ? '' : ', and kills no mutant that they let live'}`,
      });
    else if (kills !== undefined && tried > 0)
      docket.drop(test, {
        filter: 'mutation',
        reason: `kills none of ${tried} mutants on the lines that it runs: it would pass even if ${living[0] ?? 'the code were wrong'}`,
      });
  }
}

/** What there was no time for; undefined: nothing. */
function leftOpen({ late, lateBranches }: Gain): string | undefined {
  if (late > 0)
    return `${late} ${late === 1 ? 'mutant' : 'mutants'} on the lines that it runs could not be tried`;
  return lateBranches ? 'which branches it takes could not be looked at' : undefined;
}

/** Drops what does the same as another one with other values: the same lines run, and the same mutants die. */
export function filterRepeated(
  docket: Docket,
  { parsed }: Pick<CandidateFile, 'parsed'>,
  gains: ReadonlyMap<TestNode, Gain>,
  own: ReadonlyMap<TestNode, readonly FileCoverage[]>,
): void {
  const seen = new Map<string, TestNode>();
  for (const test of docket.alive) {
    const covered = own.get(test);
    const kills = gains.get(test)?.kills;
    // Without mutants, nobody can tell a second row of a table from a boundary.
    if (covered === undefined || kills === undefined || kills.length === 0) continue;
    const key = [
      normaliseTest(parsed, test).shape,
      [...linesOf(covered, 'covered')].join(),
      kills
        .map(({ id }) => id)
        .toSorted()
        .join(),
    ].join('\n');
    const first = seen.get(key);
    if (first === undefined) seen.set(key, test);
    else
      docket.drop(test, {
        filter: 'hygiene',
        reason: `proves no more than "${nameOf(first)}": the same steps with other values run the same lines and kill the same mutants`,
      });
  }
}
