import type {
  ApprovalMode,
  ProposedFile,
  RunBudget,
  RunCause,
  RunOutcome,
} from '../../protocol/runEvents.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { Rights } from '../audit/rights.ts';
import type { RunRecorder } from '../journal/recordRun.ts';
import type { AnswerCache } from '../llm/cache/answerCache.ts';
import type { ProviderGates } from '../llm/limits/providerGates.ts';
import type { RunMeter } from '../llm/runMeter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Consent } from '../ports/consent.ts';
import type { Debugger } from '../ports/debugger.ts';
import type { Digest } from '../ports/digest.ts';
import type { Edits } from '../ports/edits.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { Interpreters } from '../ports/interpreters.ts';
import type { KeptTexts } from '../ports/keptTexts.ts';
import type { Log } from '../ports/log.ts';
import type { Machine } from '../ports/machine.ts';
import type { Models } from '../ports/models.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { Person } from '../ports/person.ts';
import type { Processes } from '../ports/processes.ts';
import type { Random } from '../ports/random.ts';
import type { Reports } from '../ports/reports.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Terminal } from '../ports/terminal.ts';
import type { TreeStates } from '../ports/treeStates.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import type { Settings } from '../settings.ts';
import type { ImportIndex } from '../testing/imports/importIndex.ts';
import type { Place } from './firingQueue.ts';
import type { OwnWrites } from './ownWrites.ts';
import type { RoutingReading } from './readRouting.ts';
import type { RunWaits } from './runWaits.ts';

/** What runs need of the world and of one another. */
export interface RunDeps {
  readonly files: Files;
  readonly scratch: Scratch;
  readonly processes: Processes;
  readonly reports: Reports;
  readonly git: Git;
  readonly interpreters: Interpreters;
  readonly terminal: Terminal;
  /** undefined: there is no editor whose debugger could hold tests. */
  readonly debugger?: Debugger;
  readonly edits: Edits;
  readonly syntax: Syntax;
  readonly patterns: Patterns;
  readonly treeStates: TreeStates;
  /** What is kept about coverage and tests. */
  readonly kept: KeptTexts;
  /** Who imports whom in the user's files. */
  readonly imports: ImportIndex;
  readonly models: Models;
  /** Answers that are given again to the same request. */
  readonly answers: AnswerCache;
  /** Where calls of models wait for their turn. */
  readonly gates: ProviderGates;
  readonly consent: Consent;
  /** Where rights are taken, and logged. */
  readonly rights: Rights;
  readonly clock: Clock;
  readonly random: Random;
  readonly machine: Machine;
  readonly digest: Digest;
  readonly log: Log;
  readonly ownWrites: OwnWrites;
  /** Lets rules fire on what landed. Returns at once. */
  readonly onLanded: (root: string, run: string, files: readonly ProposedFile[]) => void;
  /** Tells of what a command changed in the user's tree. Returns at once. */
  readonly onSelfWritten: (root: string, run: string, files: readonly SelfWritten[]) => void;
  /** Lets rules fire on how tests ended that a person ran. Returns at once. */
  readonly onTested: (root: string, tests: readonly TestCase[]) => void;
  readonly approvals: RunWaits<boolean>;
  readonly unconfined: RunWaits<boolean>;
  /** Whether a person can be asked: true in an editor, false on the command line. */
  readonly interactive: boolean;
  /** Whom a run asks where it cannot wait, as on the command line; undefined: nobody is there. */
  readonly person?: Person;
}

/** A file that a command of ours changed in the user's tree. */
export interface SelfWritten {
  readonly path: string;
  readonly change: 'create' | 'save' | 'delete';
  /** undefined: it is gone, or it is no text. */
  readonly text?: string;
}

/** What the event tells of the file, for the variables of actions. */
export interface RunSubject {
  /** Of a rename: where the file was. */
  readonly oldFile?: string;
  readonly before?: string;
  readonly text?: string;
  /** The editor's id; undefined: the file's name tells. */
  readonly language?: string;
  /** Ids of mutants that tests let live, which new tests are asked to notice. */
  readonly survivors?: readonly string[];
}

/** One firing under way. */
export interface RunScope {
  readonly deps: RunDeps;
  readonly root: string;
  readonly rules: RuleStore;
  readonly rule: Rule;
  readonly ruleHash: string;
  /** Those that act, in the order written; at least one. */
  readonly actions: readonly Action[];
  /** Relative to the folder. */
  readonly file: string;
  readonly subject: RunSubject;
  readonly cause: RunCause;
  readonly settings: Settings;
  readonly budget: RunBudget;
  /** What the person and the team say of models. */
  readonly routing: RoutingReading;
  readonly approval: ApprovalMode;
  readonly meter: RunMeter;
  readonly recorder: RunRecorder;
  /** Lent to others while a person is asked; undefined: it holds none. */
  readonly place?: Place;
  readonly signal: AbortSignal;
}

/** How a run ended, in the words of `run.finished`. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly code: string;
  readonly message: string;
}

/** Waits for a person's answer without keeping others from running. */
export function askPerson<Answer>(
  { place }: Pick<RunScope, 'place'>,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  return place ? place.lend(ask) : ask();
}

export const cancelled: RunEnd = { outcome: 'cancelled', code: 'cancelled', message: 'Stopped.' };

export function refused(code: string, message: string): RunEnd {
  return { outcome: 'refused', code, message };
}

export function failed(code: string, message: string): RunEnd {
  return { outcome: 'failed', code, message };
}
