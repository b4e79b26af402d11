import type { BranchCoverage, FileCoverage } from '../../../protocol/tests.ts';

/** One way that a condition can go. */
export interface Branch {
  /** Zero-based line of the condition. */
  readonly line: number;
  readonly isTaken: boolean;
}

/** Collects what a report says of lines and branches, several times of one file if it does; a line ran if it ever ran. */
export interface LineHits {
  /** Ignores what is no line: a report may say anything. `line` is zero-based. */
  readonly addLine: (line: number, isRun: boolean) => void;
  /** `key` tells the branches of one file apart; the same one may be told twice. */
  readonly addBranch: (key: string, branch: Branch) => void;
  /** The report tells of branches, even if this file has none. */
  readonly tellsBranches: () => void;
  readonly coverageOf: (path: string) => FileCoverage;
}

/** More lines than any file that is run has. */
const maxLine = 10_000_000;

export function createLineHits(): LineHits {
  const lines = new Map<number, boolean>();
  const branches = new Map<string, Branch>();
  let hasBranches = false;
  return {
    addLine: (line, isRun) => {
      if (isLine(line)) lines.set(line, isRun || lines.get(line) === true);
    },
    addBranch: (key, { line, isTaken }) => {
      if (!isLine(line)) return;
      hasBranches = true;
      branches.set(key, { line, isTaken: isTaken || branches.get(key)?.isTaken === true });
    },
    tellsBranches: () => void (hasBranches = true),
    coverageOf: (path) => ({
      path,
      ...splitLines(lines),
      ...(hasBranches ? { branches: countBranches([...branches.values()]) } : {}),
    }),
  };
}

function isLine(line: number): boolean {
  return Number.isInteger(line) && line >= 0 && line <= maxLine;
}

function splitLines(lines: ReadonlyMap<number, boolean>): Omit<FileCoverage, 'path' | 'branches'> {
  const sorted = [...lines].toSorted(([a], [b]) => a - b);
  const covered = sorted.flatMap(([line, isRun]) => (isRun ? [line] : []));
  const missed = sorted.flatMap(([line, isRun]) => (isRun ? [] : [line]));
  return { lines: sorted.length, coveredLines: covered.length, covered, missed };
}

function countBranches(branches: readonly Branch[]): BranchCoverage {
  const open = branches.filter(({ isTaken }) => !isTaken).map(({ line }) => line);
  return {
    covered: branches.length - open.length,
    total: branches.length,
    missed: [...new Set(open)].toSorted((a, b) => a - b),
  };
}
