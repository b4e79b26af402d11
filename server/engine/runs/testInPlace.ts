import type { TestRunOutcome } from '../../protocol/tests.ts';
import { planTests } from './planTests.ts';
import { testFiles, type TestRunScope } from './testFiles.ts';

export interface InPlaceOrder {
  /** Files that landed, relative to the folder. */
  readonly files: readonly string[];
  /** In the sandbox with the tree read-only: what no person has accepted is not trusted yet. */
  readonly confined: boolean;
}

/** Runs the landed tests once more where they are now. undefined: none of the files is a test. */
export async function testInPlace(
  scope: TestRunScope,
  { files, confined }: InPlaceOrder,
): Promise<TestRunOutcome | undefined> {
  const { deps, root, settings, signal } = scope;
  const [first] = files;
  if (first === undefined) return undefined;
  const plan = await planTests({ deps, root, settings }, first, signal);
  if ('message' in plan) return { kind: 'runnerMissing', message: plan.message };
  const tests = files.filter((file) => plan.runner.isTestFile(file));
  if (tests.length === 0) return undefined;
  const { outcome } = await testFiles(scope, {
    phase: 'inPlace',
    attempt: 0,
    plan,
    files: tests,
    ids: [],
    coverage: false,
    where: { kind: 'inPlace', confined },
  });
  return outcome;
}
