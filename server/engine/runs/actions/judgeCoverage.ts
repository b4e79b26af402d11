import type { FileCoverage } from '../../../protocol/tests.ts';
import type { Action } from '../../rules/rule.ts';

const maxFiles = 20;

/**
 * Whether tests cover enough (`coverage` undefined: the runner told nothing of it): the file `min_coverage` percent of its lines, all files together `fail_under`. A sentence for
 * each; with `show_missing` the lines that no test ran.
 */
export function judgeCoverage(
  { minCoverage, failUnder, switches }: Pick<Action, 'minCoverage' | 'failUnder' | 'switches'>,
  file: string,
  coverage: readonly FileCoverage[] | undefined,
): { readonly isLow: boolean; readonly message: string } {
  if (coverage === undefined) return { isLow: (minCoverage ?? failUnder) !== undefined, message: unknown };
  const own = coverage.find(({ path }) => path === file);
  const ownPercent = own === undefined ? 0 : percentOf([own]);
  const allPercent = percentOf(coverage);
  const said = [
    ...(minCoverage === undefined
      ? []
      : [`${file} is covered to ${show(ownPercent)} of at least ${show(minCoverage)}.`]),
    ...(failUnder === undefined
      ? []
      : [`All files are covered to ${show(allPercent)} of at least ${show(failUnder)}.`]),
    ...(switches.showMissing ? missingLines(coverage, switches.skipCovered) : []),
  ];
  const isLow =
    (minCoverage !== undefined && ownPercent < minCoverage) ||
    (failUnder !== undefined && allPercent < failUnder);
  return { isLow, message: said.join(' ') };
}

const unknown = 'The runner told nothing of coverage; for pytest, install pytest-cov.';

/** A file without lines is covered. */
function percentOf(files: readonly FileCoverage[]): number {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const covered = files.reduce((sum, file) => sum + file.coveredLines, 0);
  return lines === 0 ? 100 : (covered / lines) * 100;
}

/** Rounded down: what is shown as reached is reached. */
function show(percent: number): string {
  return `${Math.floor(percent * 10) / 10} %`;
}

function missingLines(coverage: readonly FileCoverage[], skipCovered: boolean): readonly string[] {
  const shown = coverage.filter(({ missed }) => missed.length > 0 || !skipCovered);
  const lines = shown
    .slice(0, maxFiles)
    .map(
      ({ path, missed }) => `${path}: ${missed.length === 0 ? 'all lines' : `not lines ${ranges(missed)}`}.`,
    );
  return shown.length > maxFiles ? [...lines, `${shown.length - maxFiles} more files.`] : lines;
}

/** `3-5, 9`, from one. */
function ranges(missed: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const line of missed.toSorted((a, b) => a - b)) {
    const open = parts.at(-1);
    if (open !== undefined && line === open[1] + 1) open[1] = line;
    else parts.push([line, line]);
  }
  return parts
    .map(([first, last]) => (first === last ? `${first + 1}` : `${first + 1}-${last + 1}`))
    .join(', ');
}
