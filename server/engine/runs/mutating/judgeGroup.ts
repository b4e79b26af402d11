import type { Mutant, MutantFate, TestedMutant } from '../../../protocol/mutants.ts';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { isOnLines } from './coveringTests.ts';
import type { MutationFault } from './judgeFate.ts';
import type { CandidateGroup, CandidateTest, CandidateVerdict } from './mutationTypes.ts';

/** What came of tests that ran with a mutant. */
export interface GroupRun {
  readonly fate: MutantFate | MutationFault;
  readonly outcome: TestRunOutcome | undefined;
}

export interface GroupParts {
  readonly group: CandidateGroup;
  /** Mutants that the tests before let live. */
  readonly alive: readonly Mutant[];
  /** Mutants that there was no time to ask the tests before about. */
  readonly late: readonly Mutant[];
  /** Runs all tests of the group, side by side where there are several copies; in the order of the mutants. */
  readonly together: (mutants: readonly Mutant[]) => Promise<readonly GroupRun[]>;
  readonly alone: (test: CandidateTest, mutant: Mutant) => Promise<MutantFate | MutationFault>;
}

/**
 * Which of the living mutants each test of a group kills, with one run per mutant for all of them. Three things are asked of a test
 * alone: a kill that only stands behind other red tests, which may have spoilt what it needs; who hangs; and who breaks the run.
 */
export async function judgeGroup(
  parts: GroupParts,
): Promise<ReadonlyMap<CandidateTest, CandidateVerdict> | MutationFault> {
  const { group, alive, together } = parts;
  const runs = await together(alive);
  const fates = new Map<CandidateTest, Map<Mutant, MutantFate>>(
    group.tests.map((test) => [test, new Map<Mutant, MutantFate>()]),
  );
  const sure = new Set<CandidateTest>();
  const broken: Mutant[] = [];
  for (const [at, mutant] of alive.entries()) {
    const { fate, outcome } = runs[at] ?? { fate: { kind: 'notRun' }, outcome: undefined };
    if (fate.kind === 'fault') return fate;
    const red = outcome === undefined ? [] : group.redIn(outcome);
    const near = group.tests.filter((test) => isNear(test, mutant));
    if (isKill(fate) && red.length === 0) {
      // What keeps the file from being loaded shows nothing of what a test asserts.
      if (!mutant.atLoad || fate.kind === 'timedOut') broken.push(mutant);
      continue;
    }
    for (const test of near)
      fates.get(test)?.set(mutant, isKill(fate) && !red.includes(test) ? { kind: 'survived' } : fate);
    const [first] = red;
    if (first !== undefined && isKill(fate) && near.includes(first)) sure.add(first);
  }
  return (
    (await confirm(parts, fates, sure)) ?? (await judgeBroken(parts, fates, broken)) ?? verdicts(parts, fates)
  );
}

type Fates = ReadonlyMap<CandidateTest, Map<Mutant, MutantFate>>;

/** One kill of its own is enough to believe the others. */
async function confirm(
  { group, alone }: GroupParts,
  fates: Fates,
  sure: ReadonlySet<CandidateTest>,
): Promise<MutationFault | undefined> {
  const faults = await Promise.all(
    group.tests.map(async (test) => {
      if (sure.has(test)) return undefined;
      const own = fates.get(test) ?? new Map<Mutant, MutantFate>();
      for (const mutant of killsIn(own)) {
        const fate = await alone(test, mutant);
        if (fate.kind === 'fault') return fate;
        own.set(mutant, fate);
        if (isKill(fate)) return undefined;
      }
      return undefined;
    }),
  );
  return faults.find((fault) => fault !== undefined);
}

/** Of each such mutant one test that kills it is enough, and all are asked that kill none yet. */
async function judgeBroken(
  { group, alone }: GroupParts,
  fates: Fates,
  broken: readonly Mutant[],
): Promise<MutationFault | undefined> {
  for (const mutant of broken) {
    const near = group.tests.filter((test) => isNear(test, mutant));
    const needs = (test: CandidateTest): boolean => killsIn(fates.get(test) ?? new Map()).length === 0;
    const [needy, others] = [near.filter(needs), near.filter((test) => !needs(test))];
    let isKilled = false;
    for (const test of [...needy, ...others]) {
      if (isKilled && !needy.includes(test)) break;
      const fate = await alone(test, mutant);
      if (fate.kind === 'fault') return fate;
      fates.get(test)?.set(mutant, fate);
      isKilled ||= isKill(fate);
    }
  }
  return undefined;
}

function verdicts({ late }: GroupParts, fates: Fates): ReadonlyMap<CandidateTest, CandidateVerdict> {
  return new Map(
    [...fates].map(([test, own]) => {
      const tested: readonly TestedMutant[] = [...own].map(([mutant, fate]) => ({ mutant, fate }));
      const untried = tested.filter(({ fate }) => fate.kind === 'notRun').length;
      return [test, { tested, killed: killsIn(own), late: untried + countNear(test, late) }];
    }),
  );
}

/** What is said of tests where the tests before let no mutant live that was tried. */
export function unaskedVerdicts(
  { tests }: CandidateGroup,
  late: readonly Mutant[],
): ReadonlyMap<CandidateTest, CandidateVerdict> {
  return new Map(
    tests.map((test) => [test, { tested: [], killed: [], late: countNear(test, late) }] as const),
  );
}

function countNear(test: CandidateTest, mutants: readonly Mutant[]): number {
  return mutants.filter((mutant) => isNear(test, mutant)).length;
}

function killsIn(own: ReadonlyMap<Mutant, MutantFate>): readonly Mutant[] {
  return [...own].flatMap(([mutant, fate]) => (isKill(fate) ? [mutant] : []));
}

function isKill({ kind }: MutantFate | MutationFault): boolean {
  return kind === 'killed' || kind === 'timedOut';
}

function isNear({ coverage }: CandidateTest, mutant: Mutant): boolean {
  return coverage === undefined || isOnLines(mutant, coverage);
}
