import type {
  AffectedTests,
  CoverageReport,
  DeclaredTest,
  TestFileName,
} from '../../protocol/testDisplay.ts';
import type { FileCoverage } from '../../protocol/tests.ts';
import type { Settings } from '../settings.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import { declaredTests } from './declaredTests.ts';
import type { LastCoverage } from './lastCoverage.ts';
import { findConcernedTests } from './planTests.ts';
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
  readonly deps: Pick<RunDeps, 'files' | 'edits' | 'syntax'>;
  readonly settings: Pick<Settings, 'tests'>;
  readonly coverage: LastCoverage;
}

export function createTestQueries(parts: TestQueryParts): TestQueries {
  const { root, deps, settings, coverage } = parts;
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
  { root, deps, settings }: TestQueryParts,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<AffectedTests> {
  const tests = new Set<string>();
  for (const path of paths) {
    const found = await findConcernedTests(
      { source: deps.files, root, wishes: settings.tests.runner ?? {} },
      path,
      signal,
    );
    if (found.kind === 'found') for (const test of found.concerned) tests.add(test);
  }
  return { paths: [...tests].sort(), ids: [], why: 'They are named after what was saved, or import it.' };
}
