import { selectTests, type CoveredChange, type TestSelection } from '../testing/affected/selectTests.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import type { RunDeps } from './runScope.ts';

export interface AffectedParts {
  readonly deps: Pick<RunDeps, 'files' | 'imports'>;
  readonly root: string;
  /** All files of the folder where they are known already. */
  readonly paths?: readonly string[];
  /** What is known of the lines that tests ran in a changed file. */
  readonly covered?: (path: string) => CoveredChange;
}

/** The tests that changes of these files can affect, among all test files of the folder. Rejects after an abort. */
export async function findAffectedTests(
  { deps, root, paths, covered }: AffectedParts,
  changed: readonly string[],
  signal: AbortSignal,
): Promise<TestSelection> {
  const files = paths ?? (await deps.files.list(root, signal));
  const graph = await deps.imports.graph(root, files, signal);
  const tests = files.filter((path) => runnerOfTestFile(path) !== undefined);
  return selectTests({ changed, tests, graph, ...(covered === undefined ? {} : { covered }) });
}
