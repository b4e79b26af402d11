import type { Mutant, TestedMutant } from '../../../protocol/mutants.ts';
import type { TestLines, TestRunOutcome } from '../../../protocol/tests.ts';
import type { TestPlan } from '../planTests.ts';
import type { RunRecorder } from '../../journal/recordRun.ts';
import type { Settings } from '../../settings.ts';
import type { RunDeps, RunEnd, RunScope } from '../runScope.ts';

/** What trying mutants needs of a run. */
export interface MutationScope extends Partial<Pick<RunScope, 'rule' | 'ruleHash'>> {
  readonly deps: Pick<
    RunDeps,
    'clock' | 'digest' | 'machine' | 'processes' | 'reports' | 'rights' | 'scratch' | 'syntax'
  > & { readonly edits: Pick<RunDeps['edits'], 'unsaved'> };
  readonly root: string;
  readonly settings: Pick<Settings, 'tests'>;
  readonly recorder: Pick<RunRecorder, 'run'>;
}

/** What is known of the lines of the mutated file. */
export interface SourceCoverage {
  /** Zero-based lines that ran. */
  readonly covered: readonly number[];
  /** Zero-based lines that no test ran. */
  readonly missed: readonly number[];
  /** Who ran which lines; undefined: nobody knows, and all test files run against each mutant. */
  readonly perTest?: readonly TestLines[];
}

/** Tests that judge mutants. */
export interface MutantTests {
  /** Test files, relative to the workspace folder. */
  readonly files: readonly string[];
  /** Ids of `TestCase`; empty: all of the files. */
  readonly ids: readonly string[];
  /** Of the mutated file; undefined: not measured, so that every mutant is tried. */
  readonly coverage?: SourceCoverage;
}

/** Texts that every copy holds beside the mutant: edits of earlier actions, candidates; undefined deletes. */
export type CopyLayer = ReadonlyMap<string, string | undefined>;

export interface MutationLimits {
  /** Of all mutants together, the making of copies included. */
  readonly maxSeconds: number;
  /** At most so many run; the rest is `notRun`. */
  readonly maxMutants: number;
}

/** The mutated file and how its tests run. */
export interface MutationSubject {
  readonly plan: Pick<TestPlan, 'runner' | 'program' | 'base' | 'files'>;
  readonly path: string;
  /** The text that mutants change: it must be what the copies hold. */
  readonly text: string;
  readonly layer: CopyLayer;
}

/** A test that a model wrote, and stands in one file with others. */
export interface CandidateTest {
  /** The texts with this test and none of the others. */
  readonly alone: CopyLayer;
  /** Of the mutated file; undefined: not measured, so that it is asked about every mutant. */
  readonly coverage?: SourceCoverage;
}

/** Tests that are asked about mutants together. */
export interface CandidateGroup {
  /** The texts with all of them. */
  readonly together: CopyLayer;
  /** Their test files. */
  readonly files: readonly string[];
  readonly tests: readonly CandidateTest[];
  /** Those that an outcome of all shows to be red, the first one first. */
  readonly redIn: (outcome: TestRunOutcome) => readonly CandidateTest[];
}

/** What a candidate did to mutants that others let live. */
export interface CandidateVerdict {
  /** In the order of the mutants, those that it may kill; `killed` ones are what the candidate adds. */
  readonly tested: readonly TestedMutant[];
  readonly killed: readonly Mutant[];
  /** How many mutants that it may kill could not be tried in time, with the tests before or with it. */
  readonly late: number;
}

/**
 * Asks which mutants tests kill, in copies of the workspace that it keeps between questions. The existing tests see a
 * mutant once at most.
 */
export interface MutantTrial {
  /** All mutants of the file that the trial may ask about, in the order in which they are tried. */
  readonly mutants: readonly Mutant[];
  /** The text that they change. */
  readonly text: string;
  /** How the existing tests do on mutants of these zero-based lines; undefined: on all. What was asked before is remembered. */
  existing(
    lines: readonly number[] | undefined,
    signal: AbortSignal,
  ): Promise<readonly TestedMutant[] | RunEnd>;
  /** Runs candidates against mutants that the existing tests let live on the lines that they cover. */
  candidates(
    group: CandidateGroup,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<CandidateTest, CandidateVerdict> | RunEnd>;
  /** Deletes the copies. Never throws. */
  dispose(): Promise<void>;
}
