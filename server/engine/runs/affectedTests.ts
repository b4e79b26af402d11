import type { FolderPaths } from '../rules/globs/folderPaths.ts';
import { selectTests, type CoveredChange, type TestSelection } from '../testing/affected/selectTests.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import { coveredChanges } from './keptTestLines.ts';
import type { RunDeps } from './runScope.ts';

export interface AffectedParts {
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'kept' | 'clock'>;
  readonly root: string;
  /** All files of the folder where they are followed; undefined: they are listed. */
  readonly paths?: FolderPaths;
}

/** The tests that changes of these files can affect, among all test files of the folder. Rejects after an abort. */
export async function findAffectedTests(
  { deps, root, paths }: AffectedParts,
  changed: readonly string[],
  signal: AbortSignal,
): Promise<TestSelection> {
  const followed = paths === undefined ? undefined : await paths.load(signal);
  const files = followed?.all() ?? (await deps.files.list(root, signal));
  const graph = await deps.imports.graph(root, files, signal);
  const tests = [...testsAmong(files)];
  // A file that was made a moment ago may not be followed yet.
  for (const path of changed)
    if (
      followed?.has(path) === false &&
      runnerOfTestFile(path) !== undefined &&
      (await deps.files.exists(root, path, signal))
    )
      tests.push(path);
  const covered = await coveredChanges({ deps, root, graph }, changed, signal);
  return selectTests({ changed, tests, graph, covered: (path) => covered.get(path) ?? unmeasured });
}

const unmeasured: CoveredChange = { kind: 'unusable' };

/** The names of a folder's files stay the same from save to save. */
const known = new WeakMap<readonly string[], readonly string[]>();

function testsAmong(files: readonly string[]): readonly string[] {
  const tests = known.get(files) ?? files.filter((path) => runnerOfTestFile(path) !== undefined);
  known.set(files, tests);
  return tests;
}
