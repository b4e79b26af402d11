import type { FileCoverage, TestLines, TestRunOutcome } from '../../../protocol/tests.ts';
import type { RunnerLanguage } from '../../ports/interpreters.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import type { PackageFacts } from '../packageFacts.ts';

/** One test runner: which files are its tests, how it is called, how its report is read. Adding one is a file and a row. */
export interface Runner {
  /** Stable, such as `pytest`. */
  readonly id: string;
  /** As people call it, such as `node --test`. */
  readonly title: string;
  /** Whose program runs it. */
  readonly language: RunnerLanguage;
  /** The npm package that its program comes from; undefined: it comes with the language, or says itself that it is missing. */
  readonly npmPackage?: string;
  /** Names of files that mark the root of a package. */
  readonly rootMarks: readonly string[];
  /** Whether it can be the one for a source of this path. */
  readonly handles: (path: string) => boolean;
  /** What speaks for it in a package; undefined: nothing. Several runners may handle one language. */
  readonly detect: (facts: PackageFacts) => Detection | undefined;
  /** Where nothing speaks for it: the tool that the package names instead, which is not called, as sentences. */
  readonly findUncalled?: (facts: PackageFacts) => string | undefined;
  readonly isTestFile: (path: string) => boolean;
  /** Whether a source that is no test file holds tests beside its code; undefined: none does. */
  readonly holdsTests?: (text: string) => boolean;
  /** Whether a path stands for all tests beside the code of its package, such as `src/lib.rs`. */
  readonly isRootOfTests?: (path: string) => boolean;
  /** Where new tests for a source go when neither the rule nor the project says. */
  readonly newTestPath: (source: string, near: string | undefined) => string;
  readonly command: (request: CommandRequest) => RunnerCommand;
  readonly read: (reading: ReportReading) => TestRunOutcome;
  /** `sources` and `base` as in a `ReportReading`. */
  readonly readCoverage: (
    text: string,
    paths: PathMap,
    sources?: ReadonlyMap<string, string>,
    base?: string,
  ) => readonly FileCoverage[];
  /** Which test ran which line, where `perTest` was wished; undefined: this runner cannot tell. */
  readonly readPerTest?: (text: string, paths: PathMap) => readonly TestLines[];
  /** Tests that a source text declares, in its order; undefined: it has no way to tell. */
  readonly findTests?: (source: ParsedSource) => readonly FoundTest[];
  /** Files whose texts `read` needs to find places that its report does not name; `files` are those that are run. */
  readonly sourcesOf?: (
    files: readonly string[],
    all: ReadonlySet<string>,
    base: string,
  ) => readonly string[];
  /** What a model must know to write a file that this runner collects. */
  readonly advice: string;
}

export interface Detection {
  /**
   * `sure`: the test file itself says so. `scripted`: a script runs it. `configured`: it has a configuration. `likely`: the
   * package depends on it, or the like. `possible`: it could be.
   */
  readonly certainty: 'sure' | 'scripted' | 'configured' | 'likely' | 'possible';
  /** Completes "because", such as `vitest.config.ts is there`. */
  readonly why: string;
}

export interface ParsedSource {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
}

/** A test as its source declares it; a parametrised one stands for all its cases. */
export interface FoundTest {
  /** As `TestCase.id`, without what tells cases apart. */
  readonly id: string;
  readonly name: string;
  readonly suites: readonly string[];
  /** Zero-based. */
  readonly line: number;
}

export interface CommandRequest {
  /** The interpreter with its first arguments. */
  readonly program: readonly [string, ...string[]];
  /** Relative to the package; empty: all that the runner finds. */
  readonly files: readonly string[];
  /** Ids of `TestCase`, relative to the package; empty: all of the files. */
  readonly ids: readonly string[];
  /** Absolute folder for report files. */
  readonly reports: string;
  /** `perTest`: which test ran which line, where the runner can tell; otherwise as `lines`. */
  readonly coverage: CoverageWish;
  /** Asks for a random order; the same seed gives the same one. undefined: the runner's own order. */
  readonly seed?: number;
  /** Ends with the first red test, where the runner can. */
  readonly failFast?: boolean;
}

export type CoverageWish = 'none' | 'lines' | 'perTest';

export interface RunnerCommand {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** As a person would type it, without machine paths. */
  readonly display: string;
  /** Where the report stands. */
  readonly report: ReportPlace;
  /** Name of a file in the report folder. */
  readonly coverageReport?: string;
  /** What a line that it prints is shown as, where that is for machines; undefined: nothing. */
  readonly show?: (line: string) => string | undefined;
  /** Files that the command needs in the report folder: a reporter, a launcher. Names without a folder. */
  readonly support?: readonly { readonly name: string; readonly text: string }[];
  /** What a seed put into another order, such as `the files`; undefined: none was asked for, or nothing can be. */
  readonly shuffled?: string;
}

export type ReportPlace =
  /** Name of a file in the report folder. */
  | string
  /** What it prints: standard output, or all of it. */
  | { readonly printed: 'stdout' | 'all' }
  /** Files that it writes into a folder of the package, such as `target/surefire-reports`, by their ending. */
  | { readonly folder: string; readonly ending: string };

/** What there is to read after the runner has ended. */
export interface ReportReading {
  /** Text of the report file; undefined when the runner wrote none. Of several files, the first. */
  readonly report: string | undefined;
  /** Texts of all report files. */
  readonly reports?: readonly string[];
  /** Texts that `sourcesOf` named, by path relative to the folder: where tests are declared, for reports that do not say. */
  readonly sources?: ReadonlyMap<string, string>;
  /** The package's folder, relative to the workspace folder; undefined: that folder itself. */
  readonly base?: string;
  readonly exitCode: number;
  readonly ms: number;
  /** Bounded; for people and models, never for deciding whether tests passed. */
  readonly output: string;
  readonly paths: PathMap;
}

/** Path as a report has it, absolute or relative to where the runner ran, to one relative to the folder; undefined outside of it. */
export type PathMap = (reported: string) => string | undefined;
