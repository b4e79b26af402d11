/**
 * How one test ended. `flaky`: it failed and then passed on the same text, with `failure` of the time it failed. That is neither
 * red nor green: it proves nothing, and it is not held against an edit.
 */
export type TestStatus = 'passed' | 'failed' | 'errored' | 'skipped' | 'flaky';

/** One test of a report. */
export interface TestCase {
  /** Unique inside its run: path, suites and name joined by `::`. */
  readonly id: string;
  readonly name: string;
  /** Enclosing suites or classes, outermost first. */
  readonly suites: readonly string[];
  /** Relative to the workspace folder; undefined if the report does not say. */
  readonly path?: string;
  /** Zero-based line of the test in `path`; undefined if the report does not say. */
  readonly line?: number;
  readonly status: TestStatus;
  readonly ms: number;
  readonly failure?: TestFailure;
}

/** Why a test is red. */
export interface TestFailure {
  /** One line, for Problems. */
  readonly message: string;
  /** The whole text of the report, without terminal escapes, bounded. */
  readonly detail: string;
  /** Frames inside the workspace, innermost first. */
  readonly frames: readonly TraceFrame[];
  readonly expected?: string;
  readonly actual?: string;
}

export interface TraceFrame {
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
}

/** What a test run came to. Every kind but `finished` has a message that says what to do next. */
export type TestRunOutcome =
  | { readonly kind: 'finished'; readonly tests: readonly TestCase[]; readonly ms: number }
  /** The runner ended well but collected nothing. */
  | { readonly kind: 'noTests'; readonly message: string }
  /** The runner is not installed or cannot be executed. */
  | { readonly kind: 'runnerMissing'; readonly message: string }
  /** No report, or one that cannot be read: a crash before the first test, a cut or garbled file. */
  | { readonly kind: 'noReport'; readonly message: string; readonly output: string }
  | { readonly kind: 'timedOut'; readonly message: string; readonly ms: number }
  | { readonly kind: 'cancelled' }
  /** The sandbox that must hold this run cannot start; with a code, such as `policy.denied`: the right to run it was not given. */
  | { readonly kind: 'notConfined'; readonly message: string; readonly code?: string };

/** Test files that were asked for and did not run, while others did. */
export interface TestsNotRun {
  /** `noProgram`: their runner is not installed, so the run is not green; `noRunner`: nothing tells what would run them. */
  readonly why: 'noProgram' | 'noRunner';
  /** Relative to the workspace folder. */
  readonly paths: readonly string[];
  /** What is missing and what to do next. */
  readonly message: string;
}

/** What a run covered of one file. Lines that hold nothing to run are in neither list. */
export interface FileCoverage {
  readonly path: string;
  /** How many of `lines` ran: the length of `covered`. */
  readonly coveredLines: number;
  /** How many lines hold something to run: `covered` and `missed` together. */
  readonly lines: number;
  /** Zero-based lines that ran, sorted. */
  readonly covered: readonly number[];
  /** Zero-based lines that no test ran, sorted. */
  readonly missed: readonly number[];
  /** undefined: the report does not tell of branches. */
  readonly branches?: BranchCoverage;
}

/** The ways that a run took at the conditions of one file. */
export interface BranchCoverage {
  readonly covered: number;
  readonly total: number;
  /** Zero-based lines with a branch that was not taken, sorted. */
  readonly missed: readonly number[];
}

/** Which lines of one file one test ran. */
export interface TestLines {
  /** Id of the `TestCase`. */
  readonly test: string;
  readonly path: string;
  /** Zero-based, sorted. */
  readonly lines: readonly number[];
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** undefined: none. */
  readonly flaky?: number;
}

/** Counts `errored` as failed, and `flaky` as neither. */
export function countTests(tests: readonly TestCase[]): TestCounts {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  let flaky = 0;
  for (const test of tests) {
    if (test.status === 'passed') passed += 1;
    else if (test.status === 'skipped') skipped += 1;
    else if (test.status === 'flaky') flaky += 1;
    else failed += 1;
  }
  return { passed, failed, skipped, ...(flaky === 0 ? {} : { flaky }) };
}

/** One sentence that says which test files did not run, before the message that says why. */
export function describeNotRun({ paths, message }: TestsNotRun): string {
  const [first = ''] = paths;
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return `Did not run: ${first}${more}. ${message}`;
}
