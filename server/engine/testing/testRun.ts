import type { Confinement, Processes } from '../ports/processes.ts';
import type { Reports } from '../ports/reports.ts';
import type { Terminal } from '../ports/terminal.ts';
import type { CoverageWish, Runner } from './runners/runner.ts';

export interface TestRun {
  readonly processes: Processes;
  readonly reports: Reports;
  readonly terminal: Terminal;
  readonly run: string;
  readonly title: string;
  readonly runner: Runner;
  /** Why it is this runner, and where its program comes from, for the terminal. */
  readonly choice?: string;
  readonly program: readonly [string, ...string[]];
  readonly files: readonly string[];
  readonly ids: readonly string[];
  readonly coverage: CoverageWish;
  /** Asks for a random order. */
  readonly seed?: number;
  /** One red test tells enough. */
  readonly failFast?: boolean;
  readonly timeoutMs: number;
  /** Files of the folder and their texts as they are tested, for reports that do not say where a test stands. */
  readonly source?: TestSource;
  readonly place: RunPlace;
}

export interface TestSource {
  readonly files: ReadonlySet<string>;
  /** undefined: there is no such text. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** Where the tests run. */
export interface RunPlace {
  /** Absolute folder to start in, as the tests see it: the package's. */
  readonly cwd: string;
  /** The package's folder relative to the workspace folder; empty for the workspace folder itself. */
  readonly base: string;
  /** Absolute prefixes that reports may name files by; all stand for the workspace folder. */
  readonly prefixes: readonly string[];
  /** Without the writable report folder, which is added here. */
  readonly confinement: Confinement;
  readonly env: Readonly<Record<string, string>>;
}
