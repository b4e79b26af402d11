import type {
  AffectedTests,
  CoverageReport,
  DeclaredTest,
  TestFileName,
} from '../../protocol/testDisplay.ts';
import type { FileCoverage, TestsNotRun } from '../../protocol/tests.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import type { Settings } from '../settings.ts';
import type { FolderPaths } from '../rules/globs/folderPaths.ts';
import type { TestSelection } from '../testing/affected/selectTests.ts';
import { describeSelection } from '../testing/affected/describeSelection.ts';
import { findAffectedTests } from './affectedTests.ts';
import { declaredTests } from './declaredTests.ts';
import type { LastCoverage } from './lastCoverage.ts';
import { planTestRuns } from './planTestRuns.ts';
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
  /** What a run of all tests would run by what; starts no runner. */
  runners(signal: AbortSignal): Promise<TestRunners>;
}

export interface TestRunners {
  readonly packages: readonly PackageRunner[];
  /** Test files that nothing here can run. */
  readonly notRun: readonly TestsNotRun[];
}

export interface PackageRunner {
  /** Its title, such as `go test`. */
  readonly runner: string;
  /** The package's folder, relative to the workspace folder; empty for that itself. */
  readonly folder: string;
  /** Why it is this runner; completes "because". */
  readonly why: string;
  /** Where its program comes from, such as `.venv`. */
  readonly program: string;
  /** How many test files it would run. */
  readonly files: number;
}

export interface TestQueryParts {
  readonly root: string;
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'interpreters' | 'kept' | 'clock' | 'edits' | 'syntax'>;
  readonly settings: Settings;
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
    runners: (signal) => findRunners(parts, signal),
  };
}

async function findRunners(
  { root, deps, settings }: TestQueryParts,
  signal: AbortSignal,
): Promise<TestRunners> {
  const planned = await planTestRuns({ root, deps, settings, signal }, []);
  const plans = 'plans' in planned ? planned.plans : [];
  return {
    packages: plans.map(({ plan, files }) => ({
      runner: plan.runner.title,
      folder: plan.base,
      why: plan.why,
      program: plan.interpreter,
      files: files.length,
    })),
    notRun: planned.notRun,
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
