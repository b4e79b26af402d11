import type { FileCoverage } from '../../../../protocol/tests.ts';
import { isOfTests } from '../isOfTests.ts';

/** Lines of code under test, as `path:line`. */
export function linesOf(coverage: readonly FileCoverage[], which: 'covered' | 'missed'): ReadonlySet<string> {
  return new Set(
    coverage.flatMap((file) =>
      isOfTests(file.path) ? [] : file[which].map((line) => `${file.path}:${line}`),
    ),
  );
}

/** Lines that the first coverage has and the second one has not. */
export function gainedLines(
  own: readonly FileCoverage[],
  before: readonly FileCoverage[],
): readonly string[] {
  const known = linesOf(before, 'covered');
  return [...linesOf(own, 'covered')].filter((line) => !known.has(line));
}

/** Whether lines that a test runs hold branches that were not taken. */
export function mayTakeBranch(own: readonly FileCoverage[], before: readonly FileCoverage[]): boolean {
  const ran = linesOf(own, 'covered');
  return before.some((file) =>
    (isOfTests(file.path) ? [] : (file.branches?.missed ?? [])).some((line) =>
      ran.has(`${file.path}:${line}`),
    ),
  );
}

/** How many more branches of code under test the first coverage took. */
export function gainedBranches(after: readonly FileCoverage[], before: readonly FileCoverage[]): number {
  return branchesOf(after) - branchesOf(before);
}

function branchesOf(coverage: readonly FileCoverage[]): number {
  return coverage.reduce((sum, file) => sum + (isOfTests(file.path) ? 0 : (file.branches?.covered ?? 0)), 0);
}
