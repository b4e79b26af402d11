import type { BranchCoverage, FileCoverage } from '../../../protocol/tests.ts';

/**
 * Coverage of several runs or runners as one: a line ran if it ran in one of them. Reports do not tell which branch is
 * which, so that what is told of branches together is what is certain: at least the better one.
 */
export function mergeCoverage(reports: readonly (readonly FileCoverage[])[]): readonly FileCoverage[] {
  const merged = new Map<string, FileCoverage>();
  for (const file of reports.flat()) {
    const known = merged.get(file.path);
    merged.set(file.path, known === undefined ? file : joinFiles(known, file));
  }
  return [...merged.values()];
}

function joinFiles(a: FileCoverage, b: FileCoverage): FileCoverage {
  const ran = new Set([...a.covered, ...b.covered]);
  const missed = new Set([...a.missed, ...b.missed].filter((line) => !ran.has(line)));
  const branches = joinBranches(a.branches, b.branches);
  return {
    path: a.path,
    lines: ran.size + missed.size,
    coveredLines: ran.size,
    covered: sorted(ran),
    missed: sorted(missed),
    ...(branches === undefined ? {} : { branches }),
  };
}

function joinBranches(
  a: BranchCoverage | undefined,
  b: BranchCoverage | undefined,
): BranchCoverage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  // Two tools may count the ways of a file differently: then the one that counts more is asked.
  if (a.total !== b.total) return a.total > b.total ? a : b;
  const open = new Set(b.missed);
  return {
    total: a.total,
    covered: Math.max(a.covered, b.covered),
    missed: a.missed.filter((line) => open.has(line)),
  };
}

function sorted(lines: Iterable<number>): readonly number[] {
  return [...lines].toSorted((x, y) => x - y);
}
