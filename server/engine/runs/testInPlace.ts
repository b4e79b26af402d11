import { describeNotRun, type TestRunOutcome } from '../../protocol/tests.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import { planTestRuns } from './planTestRuns.ts';
import { testFiles, type TestRunScope } from './testFiles.ts';

export interface InPlaceOrder {
  /** Files that landed, relative to the folder. */
  readonly files: readonly string[];
  /** In the sandbox with the tree read-only: what no person has accepted is not trusted yet. */
  readonly confined: boolean;
}

/** Runs the tests that concern what landed once more where it is now. undefined: there are none. */
export async function testInPlace(
  scope: TestRunScope,
  { files, confined }: InPlaceOrder,
): Promise<TestRunOutcome | undefined> {
  if (files.length === 0) return undefined;
  const plans = await planTestRuns(scope, files);
  if ('message' in plans)
    return plans.isMissing && files.some((file) => runnerOfTestFile(file) !== undefined)
      ? { kind: 'runnerMissing', message: plans.message }
      : undefined;
  const outcomes: TestRunOutcome[] = [];
  for (const { plan, files: tests } of plans.plans) {
    const { outcome } = await testFiles(scope, {
      phase: 'inPlace',
      attempt: 0,
      plan,
      files: tests,
      ids: [],
      coverage: 'none',
      where: { kind: 'inPlace', confined },
    });
    outcomes.push(outcome);
  }
  const lacking = plans.notRun.find(
    ({ why, paths }) => why === 'noProgram' && paths.some((path) => runnerOfTestFile(path) !== undefined),
  );
  if (lacking !== undefined) outcomes.push({ kind: 'runnerMissing', message: describeNotRun(lacking) });
  return joinOutcomes(outcomes);
}

/** Several runs as one; the first that did not finish is what must be said. */
function joinOutcomes(outcomes: readonly TestRunOutcome[]): TestRunOutcome | undefined {
  const finished = outcomes.flatMap((outcome) => (outcome.kind === 'finished' ? [outcome] : []));
  if (finished.length < outcomes.length) return outcomes.find(({ kind }) => kind !== 'finished');
  if (finished.length <= 1) return finished[0];
  return {
    kind: 'finished',
    tests: finished.flatMap(({ tests }) => tests),
    ms: finished.reduce((sum, { ms }) => sum + ms, 0),
  };
}
