import type { FileCoverage } from '../../../protocol/tests.ts';
import type { Finding, Severity } from '../../../protocol/text.ts';
import type { CoverageChange, FileChange } from './compareCoverage.ts';
import { percentOf, totalOf } from './coverageSnapshot.ts';
import { lineRanges, rangesOf } from './lineRanges.ts';

/** What a person or a rule asks of coverage, in percent of lines. */
export interface CoverageDemand {
  /** Of one file: below it is a warning. */
  readonly minCoverage: number | undefined;
  /** Of all files together: below it is a failure. */
  readonly failUnder: number | undefined;
  /** Less than the best so far is a failure. */
  readonly ratchet: boolean;
  readonly showMissing: boolean;
  readonly skipCovered: boolean;
}

export interface CoverageVerdict {
  readonly level: 'good' | 'warning' | 'failure';
  /** Sentences. */
  readonly message: string;
  /** What is wanting, with its place. */
  readonly findings: readonly Finding[];
}

export interface MeasuredCoverage {
  /** undefined: the runner told nothing of it. */
  readonly coverage: readonly FileCoverage[] | undefined;
  /** Files that `minCoverage` is about; one that no test loads is not covered at all. */
  readonly files: readonly string[];
  /** Beside the best so far; undefined: nothing was measured before. */
  readonly change?: CoverageChange;
}

export function asksNothing({ minCoverage, failUnder, ratchet, showMissing }: CoverageDemand): boolean {
  return minCoverage === undefined && failUnder === undefined && !ratchet && !showMissing;
}

/** Whether tests cover enough: the one judgement for rules and the command line. */
export function judgeCoverage(demand: CoverageDemand, measured: MeasuredCoverage): CoverageVerdict {
  const { minCoverage, failUnder, ratchet } = demand;
  const { coverage } = measured;
  if (coverage === undefined) {
    const isFailure = failUnder !== undefined || ratchet;
    return {
      level: isFailure ? 'failure' : minCoverage === undefined ? 'good' : 'warning',
      message: unknown,
      findings: [],
    };
  }
  const parts = [
    ...(minCoverage === undefined
      ? []
      : measured.files.map((file) => judgeFile(file, coverage, minCoverage))),
    ...(failUnder === undefined ? [] : [judgeAll(coverage, failUnder)]),
    ...(ratchet ? [judgeChange(measured.change)] : []),
    ...(demand.showMissing
      ? [{ ...good, message: missingLines(coverage, demand.skipCovered).join(' ') }]
      : []),
  ];
  const level =
    (['failure', 'warning'] as const).find((each) => parts.some((part) => part.level === each)) ?? 'good';
  return {
    level,
    message: parts
      .map(({ message }) => message)
      .filter(Boolean)
      .join(' '),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

const unknown = 'The runner told nothing of coverage; for pytest, install pytest-cov.';
const good = { level: 'good', findings: [] } as const;

function judgeFile(path: string, coverage: readonly FileCoverage[], atLeast: number): CoverageVerdict {
  const file = coverage.find((each) => each.path === path);
  const percent = file === undefined ? 0 : percentOf(file);
  const message = `${path} is covered to ${show(percent)} of at least ${show(atLeast)}.`;
  if (percent >= atLeast) return { ...good, message };
  const missed = file?.missed ?? [];
  const wanting = missed.length === 0 ? '' : ` No test runs ${lines(missed)}.`;
  return {
    level: 'warning',
    message,
    findings: [
      findingAt(path, missed, {
        severity: 'warning',
        code: 'tests.coverage-low',
        message: message + wanting,
      }),
    ],
  };
}

function judgeAll(coverage: readonly FileCoverage[], atLeast: number): CoverageVerdict {
  // Tests that load nothing cover nothing.
  const percent = coverage.length === 0 ? 0 : percentOf(totalOf(coverage));
  const message = `All files are covered to ${show(percent)} of at least ${show(atLeast)}.`;
  if (percent >= atLeast) return { ...good, message };
  const worst = coverage
    .filter(({ missed }) => missed.length > 0)
    .toSorted((a, b) => b.missed.length - a.missed.length)
    .slice(0, maxNamed);
  const findings = worst.map(({ path, missed }) =>
    findingAt(path, missed, {
      severity: 'error',
      code: 'tests.coverage-low',
      message: `${message} No test runs ${lines(missed)} here.`,
    }),
  );
  return { level: 'failure', message, findings };
}

/** Rounding is no loss. */
const tolerance = 1e-6;

function judgeChange(change: CoverageChange | undefined): CoverageVerdict {
  if (change === undefined)
    return { ...good, message: 'Coverage was not measured before; from now on it may not fall.' };
  const { before, now, files } = change;
  if (now >= before - tolerance)
    return { ...good, message: `Coverage is ${show(now)}; the best so far was ${show(before)}.` };
  const message = `Coverage fell from ${show(before)} to ${show(now)}.`;
  const named = files.slice(0, maxNamed);
  const told = named.map((file) => `${file.path}: ${describeChange(file)}.`);
  const more = files.length > maxNamed ? [`${files.length - maxNamed} more files.`] : [];
  const findings = named.map((file) =>
    findingAt(file.path, [...file.lost, ...file.added], {
      severity: 'error',
      code: 'tests.coverage-fell',
      message: `${message} Here ${describeChange(file)}.`,
    }),
  );
  return { level: 'failure', message: [message, ...told, ...more].join(' '), findings };
}

const maxNamed = 20;
const maxRanges = 20;

function describeChange({ lost, added, fell }: FileChange): string {
  return [
    ...(fell === undefined ? [] : [`coverage fell from ${show(fell.before)} to ${show(fell.now)}`]),
    ...(lost.length === 0
      ? []
      : [
          `${lines(lost)} ${lost.length === 1 ? 'was' : 'were'} covered and ${lost.length === 1 ? 'is' : 'are'} not any more`,
        ]),
    ...(added.length === 0
      ? []
      : [`${lines(added)} ${added.length === 1 ? 'is' : 'are'} new and not covered`]),
  ].join(', ');
}

function lines(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'line' : 'lines'} ${lineRanges(numbers, maxRanges)}`;
}

function findingAt(
  path: string,
  lines: readonly number[],
  what: { readonly severity: Severity; readonly code: string; readonly message: string },
): Finding {
  const [first, last] = rangesOf(lines)[0] ?? [0, 0];
  return {
    path,
    range: { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } },
    ...what,
  };
}

/** Rounded down: what is shown as reached is reached. */
function show(percent: number): string {
  return `${Math.floor(percent * 10 + tolerance) / 10} %`;
}

function missingLines(coverage: readonly FileCoverage[], skipCovered: boolean): readonly string[] {
  const shown = coverage.filter(({ missed }) => missed.length > 0 || !skipCovered);
  const lines = shown
    .slice(0, maxNamed)
    .map(
      ({ path, missed }) =>
        `${path}: ${missed.length === 0 ? 'all lines' : `not lines ${lineRanges(missed)}`}.`,
    );
  return shown.length > maxNamed ? [...lines, `${shown.length - maxNamed} more files.`] : lines;
}
