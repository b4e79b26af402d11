import type {
  AffectedTests,
  CoverageReport,
  DeclaredTest,
  TestFileName,
} from '../../protocol/testDisplay.ts';
import type { FileCoverage } from '../../protocol/tests.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import type { FolderPaths } from '../rules/globs/folderPaths.ts';
import type { TestSelection } from '../testing/affected/selectTests.ts';
import { describeSelection } from '../testing/affected/describeSelection.ts';
import { findAffectedTests } from './affectedTests.ts';
import { declaredTests } from './declaredTests.ts';
import type { LastCoverage } from './lastCoverage.ts';
import type { RunDeps } from './runScope.ts';

/** What a person asks about the tests of one folder. Runs nothing. All of it rejects after an abort. */
export interface TestQueries {
  /** Files that are tests by their names, sorted. */
  files(signal: AbortSignal): Promise<readonly TestFileName[]>;
  /** The tests that a file declares as its text is now, unsaved changes included; undefined: nobody can tell now. */
  declaredIn(path: string, signal: AbortSignal): Promise<readonly DeclaredTest[] | undefined>;
  /** The tests that changes of these files can affect; a test file affects itself. */
  affected(paths: readonly string[], signal: AbortSignal): Promise<AffectedTests>;
  /** What the last run with coverage measured; undefined: there was none. */
  coverage(): CoverageReport | undefined;
  coverageOf(path: string): FileCoverage | undefined;
}

export interface TestQueryParts {
  readonly root: string;
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'kept' | 'clock' | 'edits' | 'syntax'>;
  readonly coverage: LastCoverage;
  readonly paths: FolderPaths;
}

export function createTestQueries(parts: TestQueryParts): TestQueries {
  const { root, deps, coverage } = parts;
  return {
    async files(signal) {
      const paths = await deps.files.list(root, signal);
      return paths.flatMap((path) => {
        const runner = runnerOfTestFile(path)?.id;
        return runner === undefined ? [] : [{ path, runner }];
      });
    },
    async declaredIn(path, signal) {
      const runner = runnerOfTestFile(path);
      if (runner === undefined) return undefined;
      const text = await deps.edits.current(root, path, signal);
      if (text === undefined) return undefined;
      const parsed = await deps.syntax.parse({ path, text }, signal);
      if (parsed.kind === 'none') return undefined;
      return (
        runner.findTests?.({ path, text, root: parsed.root }) ?? declaredTests({ path, text, ...parsed })
      );
    },
    affected: (paths, signal) => findAffected(parts, paths, signal),
    coverage: () => coverage.report(root),
    coverageOf: (path) => coverage.file(root, path),
  };
}

async function findAffected(
  { root, deps, paths }: TestQueryParts,
  changed: readonly string[],
  signal: AbortSignal,
): Promise<AffectedTests> {
  const { chosen, left, notes } = await findAffectedTests({ deps, root, paths }, changed, signal);
  const ids = idsOf(chosen);
  return {
    paths: chosen.map(({ path }) => path),
    ids,
    choices: chosen.map(({ path, why }) => ({ path, why })),
    // Where only some tests of a file run, the others are left too.
    left: left.length + (ids.length > 0 ? chosen.length : 0),
    why: describeSelection({ chosen, left, notes }),
  };
}

/** A command line holds so many; more tests run as whole files. */
const maxIds = 500;

/** Ids can be given only where they are known for all that is to run. */
function idsOf(chosen: TestSelection['chosen']): readonly string[] {
  const ids = chosen.flatMap((choice) => choice.ids ?? []);
  return ids.length <= maxIds && chosen.every((choice) => choice.ids !== undefined) ? ids : [];
}
