import type { FileCoverage } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import type { RunEnd } from '../../runScope.ts';
import { isRed } from '../judgeProof.ts';
import type { Docket } from './docket.ts';
import { endIn, endOf, messageOf } from './filterPassing.ts';
import { outOfTime } from './outOfTime.ts';
import type { Variants } from './variants.ts';

export interface ReliableParts {
  readonly docket: Docket;
  readonly variants: Variants;
  readonly redFirst: boolean;
  /** How often all run together, the first time included. */
  readonly repetitions: number;
  readonly hasTime: () => boolean;
  readonly coverage: boolean;
  /** Paths that the tests together left changed and those before did not. */
  readonly written: ReadonlySet<string>;
}

/** What a candidate covers by itself. */
export type OwnCoverage = ReadonlyMap<TestNode, readonly FileCoverage[]>;

/**
 * Drops what ends in another way when it runs again: in other orders, in other time zones and with other seeds of hashes, then
 * alone; and what writes into the project.
 */
export async function filterReliable(parts: ReliableParts): Promise<OwnCoverage | RunEnd> {
  const { docket, variants, hasTime, repetitions } = parts;
  for (let seed = 1; seed < repetitions; seed += 1) {
    if (docket.alive.size === 0) break;
    if (!hasTime()) return giveUp(docket);
    const order = { candidates: docket.alive, company: 'rest', coverage: 'none' } as const;
    let run = await variants.run({ ...order, seed });
    // Not every file can be put into another order: then it runs again as it is.
    const isRun =
      run.outcome.kind === 'finished' &&
      [...docket.alive].some((test) => endIn(run, test).kind !== 'missing');
    if (!isRun) run = await variants.run(order);
    const end = endOf(run);
    if (end !== undefined) return end;
    const where = isRun ? ', in another order, another time zone and with another seed of hashes' : '';
    for (const test of docket.alive)
      dropOther(parts, test, endIn(run, test), `in run ${seed + 1} of ${repetitions}${where}`);
  }
  return runAlone(parts);
}

async function runAlone(parts: ReliableParts): Promise<OwnCoverage | RunEnd> {
  const { docket, variants, hasTime, coverage, written } = parts;
  const covered = new Map<TestNode, readonly FileCoverage[]>();
  const watched = written.size > 0;
  const tests = [...docket.alive];
  const runs = await Promise.all(
    tests.map(async (test) =>
      hasTime()
        ? variants.run({
            candidates: new Set([test]),
            company: 'alone',
            coverage: coverage ? 'perTest' : 'none',
            watched,
          })
        : undefined,
    ),
  );
  for (const [at, test] of tests.entries()) {
    const run = runs[at];
    if (run === undefined) {
      docket.drop(test, outOfTime('it could not be run alone'));
      continue;
    }
    const end = endOf(run);
    if (end !== undefined) return end;
    dropOther(parts, test, endIn(run, test), 'alone');
    const own = run.written.find((path) => written.has(path));
    if (own !== undefined)
      docket.drop(test, {
        filter: 'hygiene',
        reason: `writes ${own}, which is outside of a temporary folder`,
      });
    if (run.coverage !== undefined) covered.set(test, run.coverage);
  }
  return covered;
}

function dropOther(
  { docket, redFirst }: ReliableParts,
  test: TestNode,
  end: ReturnType<typeof endIn>,
  when: string,
): void {
  if (end.kind === (redFirst ? 'failed' : 'passed')) return;
  const failed = end.cases.filter(isRed);
  const told = failed.length > 0 ? `: ${messageOf(failed)}` : '';
  const now =
    end.kind === 'missing'
      ? 'does not end'
      : end.kind === 'failed'
        ? 'fails'
        : end.kind === 'passed'
          ? 'passes'
          : 'is skipped';
  const before = redFirst ? 'fails with the rest' : 'passes with the rest';
  docket.drop(test, { filter: 'reliable', reason: `${before}, and ${now} ${when}${told}`, failed });
}

function giveUp(docket: Docket): OwnCoverage {
  for (const test of docket.alive) docket.drop(test, outOfTime('it could not be run again'));
  return new Map();
}
