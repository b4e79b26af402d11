import type { FileCoverage, TestLines } from './tests.ts';
import type { Finding } from './text.ts';

/** A test file as its name tells; it need not have been read. */
export interface TestFileName {
  /** Relative to the workspace folder. */
  readonly path: string;
  /** The runner's id, such as `pytest`. */
  readonly runner: string;
}

/** A test as its source declares it, run or not. A parametrised one stands for all its cases. */
export interface DeclaredTest {
  /** As the id of its result, without what tells cases apart. */
  readonly id: string;
  readonly name: string;
  /** Enclosing suites or classes, outermost first. */
  readonly suites: readonly string[];
  /** Zero-based. */
  readonly line: number;
}

/** What the last run with coverage in a folder measured. */
export interface CoverageReport {
  readonly run: string;
  readonly files: readonly FileCoverage[];
  /** Empty where the runner cannot tell which test ran which line. */
  readonly perTest: readonly TestLines[];
}

/** Where a folder's coverage comes from, without its lines: who shows them asks for the report. */
export interface CoverageStamp {
  readonly folder: string;
  readonly run: string;
}

/** Which tests can be affected by changed files, and how that is known. */
export interface AffectedTests {
  /** Test files, relative to the folder, the most likely to break first. */
  readonly paths: readonly string[];
  /** Ids of tests; empty: all of the files. */
  readonly ids: readonly string[];
  /** Why these, and how many others are left, in sentences. */
  readonly why: string;
  /** Why each of `paths`; completes a sentence that begins with it. */
  readonly choices: readonly { readonly path: string; readonly why: string }[];
  /** How many test files are left for later, those among them of which `ids` are a part. */
  readonly left: number;
}

/** A test command that runs under a debugger of the editor. */
export interface DebugCommand {
  readonly run: string;
  readonly folder: string;
  readonly title: string;
  /** Whose debugger it takes: the runner's language. */
  readonly language: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export type DebugEnd =
  | { readonly kind: 'ended' }
  /** The person or the editor stopped it. */
  | { readonly kind: 'stopped' }
  /** Nothing ran. The message says what to do. */
  | { readonly kind: 'refused'; readonly message: string };

/** A finding of a review that a person can answer. */
export interface ReviewFinding extends Finding {
  /** Stable over restarts: made of the run and its place in it. */
  readonly id: string;
  readonly folder: string;
  readonly run: string;
}

/** Where what a review suggests goes in the text as it is now. */
export type SuggestionPlace =
  | {
      readonly kind: 'found';
      readonly range: Finding['range'];
      readonly newText: string;
      /** Of the open document that was looked at. */
      readonly version: number;
    }
  /** A sentence. */
  | { readonly kind: 'refused'; readonly message: string };
