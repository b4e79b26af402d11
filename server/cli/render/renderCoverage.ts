import { percentOf, totalOf } from '../../engine/testing/coverage/coverageSnapshot.ts';
import { lineRanges } from '../../engine/testing/coverage/lineRanges.ts';
import type { FileCoverage } from '../../protocol/tests.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plainText.ts';
import { renderTable } from './renderTable.ts';

const maxRanges = 20;

/** A row per file, what is missing in it, and a last one for all. Percentages are rounded down. */
export function renderCoverage(
  coverage: readonly FileCoverage[],
  showPath: (path: string) => string,
  paint: Paint,
): string {
  if (coverage.length === 0) return '';
  const hasBranches = coverage.some(({ branches }) => branches !== undefined);
  const header = ['File', 'Lines', '', ...(hasBranches ? ['Branches'] : []), 'Missing'];
  const rows = coverage
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => [plainLine(showPath(file.path)), ...countsOf(file, hasBranches), missingOf(file)]);
  const total = ['All files', ...countsOf(sumOf(coverage), hasBranches), ''];
  return `${renderTable(header, [...rows, total], paint)}\n`;
}

type Counts = Pick<FileCoverage, 'coveredLines' | 'lines'> & {
  readonly branches?: { readonly covered: number; readonly total: number };
};

function countsOf(counts: Counts, hasBranches: boolean): readonly string[] {
  const { coveredLines, lines, branches } = counts;
  const share = lines === 0 ? '–' : `${Math.floor(percentOf(counts))} %`;
  const ways = branches === undefined ? '' : `${branches.covered}/${branches.total}`;
  return [share.padStart(5), `${coveredLines}/${lines}`, ...(hasBranches ? [ways] : [])];
}

function sumOf(coverage: readonly FileCoverage[]): Counts {
  const branches = { covered: 0, total: 0 };
  for (const file of coverage) {
    branches.covered += file.branches?.covered ?? 0;
    branches.total += file.branches?.total ?? 0;
  }
  return { ...totalOf(coverage), branches };
}

/** Lines that no test ran, then those where a way was not taken although they ran. */
function missingOf({ missed, covered, branches }: FileCoverage): string {
  const ran = new Set(covered);
  const partial = (branches?.missed ?? []).filter((line) => ran.has(line));
  return [
    ...(missed.length === 0 ? [] : [lineRanges(missed, maxRanges)]),
    ...(partial.length === 0 ? [] : [`branches at ${lineRanges(partial, maxRanges)}`]),
  ].join('; ');
}
