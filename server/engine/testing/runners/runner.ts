import type { FileCoverage, TestRunOutcome } from '../../../protocol/tests.ts';

/** One test runner: which files are its tests, how it is called, how its report is read. Adding one is a file and a row. */
export interface Runner {
  /** Stable, such as `pytest`. */
  readonly id: string;
  /** Whether it is the one for a source of this path. */
  readonly handles: (path: string) => boolean;
  readonly isTestFile: (path: string) => boolean;
  /** Where new tests for a source go when neither the rule nor the project says. */
  readonly newTestPath: (source: string, near: string | undefined) => string;
  readonly command: (request: CommandRequest) => RunnerCommand;
  readonly read: (reading: ReportReading) => TestRunOutcome;
  readonly readCoverage: (text: string, paths: PathMap) => readonly FileCoverage[];
  /** What a model must know to write a file that this runner collects. */
  readonly advice: string;
}

export interface CommandRequest {
  /** The interpreter with its first arguments. */
  readonly program: readonly [string, ...string[]];
  /** Relative to the folder; empty: all that the runner finds. */
  readonly files: readonly string[];
  /** Ids of `TestCase`; empty: all of the files. */
  readonly ids: readonly string[];
  /** Absolute folder for report files. */
  readonly reports: string;
  readonly coverage: boolean;
}

export interface RunnerCommand {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** As a person would type it, without machine paths. */
  readonly display: string;
  /** Names of files in the report folder. */
  readonly report: string;
  readonly coverageReport?: string;
}

/** What there is to read after the runner has ended. */
export interface ReportReading {
  /** Text of the report file; undefined when the runner wrote none. */
  readonly report: string | undefined;
  readonly exitCode: number;
  readonly ms: number;
  /** Bounded; for people and models, never for deciding whether tests passed. */
  readonly output: string;
  readonly paths: PathMap;
}

/** Path as a report has it, absolute or relative to where the runner ran, to one relative to the folder; undefined outside of it. */
export type PathMap = (reported: string) => string | undefined;
