import type { Finding } from '../protocol/text.ts';
import type { FileCoverage, TestLines, TestRunOutcome, TestsNotRun } from '../protocol/tests.ts';
import type { TestedMutant } from '../protocol/mutants.ts';
import type { LeftFile, RunOutcome } from '../protocol/runEvents.ts';
import type { HealthReport } from '../protocol/health.ts';
import type { EditorSettings, QueuedRun, RuleSummary } from '../protocol/requests.ts';
import type { ProposalTexts } from '../protocol/proposals.ts';
import type { ApprovalTexts, ApprovalView, RuleText } from '../protocol/approvals.ts';
import type { RunView, ViewState } from '../protocol/viewState.ts';
import type { Rights } from './audit/rights.ts';
import type { ChangedFile } from './ports/gitChanges.ts';
import type { ActionFinding } from './journal/actionFindings.ts';
import type { Models, ProviderInfo } from './ports/models.ts';
import type { Keys } from './ports/secrets.ts';
import type { FolderPaths, PathChanges } from './rules/globs/folderPaths.ts';
import type { EventName, RuleDocument } from './rules/rule.ts';
import type { RuleCatalog } from './rules/ruleCatalog.ts';
import type { CheckOptions } from './runs/checkFiles.ts';
import type { CheckFixes } from './runs/fixFiles.ts';
import type { TrendEntry } from './runs/coverageBook.ts';
import type { ModelQueries } from './runs/modelQueries.ts';
import type { RuleQueries } from './runs/ruleQueries.ts';
import type { TestQueries } from './runs/testQueries.ts';
import type { CoverageDemand, CoverageVerdict } from './testing/coverage/judgeCoverage.ts';
import type { Settings } from './settings.ts';
import type { FileEvent } from './triggers/fileEvent.ts';

/** All that the product can do; the language server and the command line are faces of it. */
export interface Engine {
  /** Reads the rules of a folder; resolves when they are known. */
  openFolder(root: string, signal: AbortSignal): Promise<void>;
  closeFolder(root: string): void;
  configure(settings: Settings): void;

  /**
   * Rule files, or files that rules include or name, changed on disk or vanished: reads exactly these again; `all`: looks
   * for rule files anew. Resolves to the rule files whose problems may be others now; undefined: any of them.
   */
  reloadRules(
    root: string,
    paths: readonly string[] | 'all',
    signal: AbortSignal,
  ): Promise<ReadonlySet<string> | undefined>;
  /**
   * A text that is typed and not saved; undefined: it is thrown away. It counts for the catalog of typed texts alone.
   * Resolves to the rule files whose problems may be others now.
   */
  setTypedText(root: string, path: string, text: string | undefined): Promise<ReadonlySet<string>>;
  /** The rules of a folder as they are saved, or with typed texts laid over them; undefined when it is not open. */
  ruleCatalog(root: string, texts: 'saved' | 'typed'): RuleCatalog | undefined;
  /** All rule files of a folder that were read, broken ones included. */
  ruleDocuments(root: string): readonly RuleDocument[];
  /** `live`: what acts, or would if it were active; `all`: drafts, the whole library and files elsewhere too. */
  rules(which?: 'live' | 'all'): readonly RuleSummary[];
  /** Active rules that do something whose globs take in this file. Filters are not asked: this is for offers, not for firing. */
  rulesFor(root: string, path: string): readonly OfferedRule[];

  /** Answers about the rules of a folder; undefined when it is not open. */
  ruleQueries(root: string): RuleQueries | undefined;
  /** The files of a folder that rules can be about; undefined when it is not open. */
  workspacePaths(root: string): FolderPaths | undefined;
  /** Files came or went, or `.gitignore` changed. Resolves to whether `workspacePaths` has other files now. */
  pathsChanged(root: string, changes: PathChanges, signal: AbortSignal): Promise<boolean>;

  /** Somebody types in the file: what waits for it to be quiet waits anew. */
  typed(root: string, path: string): void;
  /**
   * Lets the rules that concern the event fire. Returns at once with what was decided; runs go on by themselves.
   * Events from our own writes fire nothing here. Decides when `after` has settled, and starts nothing on the file before.
   */
  handleEvent(event: FileEvent, signal: AbortSignal, after?: Promise<unknown>): Promise<readonly Firing[]>;
  /** Other programs say something else of a file than before; rules fire on that as who changed the file last. */
  problemsChanged(root: string, path: string, signal: AbortSignal): Promise<void>;
  /** Whether an active rule of an open folder fires on the event. */
  listensTo(event: EventName): boolean;
  /** While somebody debugs nothing begins by itself. */
  setDebugging(active: boolean): void;
  /** Runs one rule on one file because a person asked. */
  runRule(request: RunRuleRequest, signal: AbortSignal): Promise<RunResult>;
  /** The same without waiting for its end. */
  startRule(request: RunRuleRequest, signal: AbortSignal): Promise<Started>;
  /** Lets the rule that generates tests for a file write some that notice mutants, without waiting for its end. */
  killSurvivors(request: KillSurvivorsRequest, signal: AbortSignal): Promise<Started>;
  /** Answers about models, with the settings as they are now. */
  models(): ModelQueries;
  /** Goes on with a run that was cut short, as a new run; what its journal acknowledges is not done again. */
  resumeRun(root: string, run: string, signal: AbortSignal): Promise<Started>;
  /** The prompt that `runRule` would send now, as Markdown. */
  previewPrompt(request: RunRuleRequest, signal: AbortSignal): Promise<string>;
  /** Deterministic rules over files, and the problems of the rule files themselves. Calls no model, runs nothing. */
  check(
    root: string,
    files: readonly (string | ChangedFile)[] | 'all',
    signal: AbortSignal,
    options?: CheckOptions,
  ): Promise<readonly Finding[]>;
  /** What the fixes of the deterministic rules would make of files. Writes nothing. */
  fixes(root: string, paths: readonly string[] | 'all', signal: AbortSignal): Promise<CheckFixes>;
  /** Answers about the tests of a folder; undefined when it is not open. */
  testQueries(root: string): TestQueries | undefined;
  runTests(request: RunTestsRequest, signal: AbortSignal): Promise<TestsResult>;
  /** Which small wrong changes of a file its tests notice; tried in copies, so that nothing of the folder changes. */
  mutate(request: MutateRequest, signal: AbortSignal): Promise<MutateResult>;
  /** The same without waiting for its end. */
  startTests(request: RunTestsRequest, signal: AbortSignal): Promise<Started>;

  /** A person accepts or rejects what a run proposes; also after a restart. */
  decide(decision: Decision, signal: AbortSignal): Promise<Decided>;
  /** Takes back what a run changed, where nobody changed it since; in a run of its own, so that this can be undone too. */
  undo(root: string, run: string, signal: AbortSignal): Promise<UndoResult>;
  /** Every rule that may act, or was allowed to, with the person's word on it. The same list while nothing changed. */
  approvals(): readonly ApprovalView[];
  /** A rule as it was approved last, and as it is now; undefined: neither is known. */
  approvalTexts(root: string, ruleId: string): Promise<ApprovalTexts | undefined>;
  /** A person answers for rules, each with the text that was shown; runs that wait for one of them go on or end. */
  approve(root: string, texts: readonly RuleText[], allow: boolean): Promise<void>;
  /** Takes back what was said of these rules: they ask anew. */
  revokeApprovals(root: string, ruleIds: readonly string[] | 'all'): Promise<void>;
  /** A person lets a run's tests run without a sandbox, having seen them. */
  allowUnconfined(run: string, allow: boolean): boolean;
  readProposal(run: string): ProposalTexts | undefined;
  /** What rules have to do: what runs, and what waits in the order in which it begins. */
  queue(): readonly QueuedRun[];
  /** Stops one run or all, also those that wait; resolves when their processes are gone. Returns how many were under way. */
  stop(run: string | 'all'): Promise<number>;

  viewState(): ViewState;
  /** What problem matchers read last in the output of commands of rules; a fold over the runs. */
  actionFindings(root: string): readonly ActionFinding[];
  /** Called after every change of the view, coalesced by the caller if need be. Returns how to unsubscribe. */
  onDidChangeView(listener: (state: ViewState) => void): () => void;
  dispose(): Promise<void>;
}

export interface UndoResult {
  /** False: nothing was changed. */
  readonly ok: boolean;
  /** The run that undid it; undefined: there was nothing that could be undone. */
  readonly run?: string;
  /** One or two sentences: what is as before, and what is left. */
  readonly message: string;
  readonly restored: readonly string[];
  readonly left: readonly LeftFile[];
}

/** An active rule that does something about a file. */
export interface OfferedRule {
  readonly ruleId: string;
  readonly name: string;
  /** Whether it mends code whose tests fail. */
  readonly fixes: boolean;
}

export type Started = { readonly run: string } | { readonly refused: string };

export interface Firing {
  readonly ruleId: string;
  readonly rule: string;
  readonly fires: boolean;
  /** The first thing that decided, in words. */
  readonly reason: string;
  readonly run?: string;
}

export interface RunRuleRequest {
  readonly root: string;
  /** Id or name. */
  readonly rule: string;
  readonly path: string;
}

export interface KillSurvivorsRequest {
  readonly root: string;
  /** The file that the mutants change. */
  readonly path: string;
  /** Ids of mutants. */
  readonly survivors: readonly string[];
}

export interface RunResult {
  readonly run: string;
  readonly outcome: RunOutcome;
  readonly code: string;
  readonly message: string;
  readonly view?: RunView;
}

export interface RunTestsRequest {
  readonly root: string;
  /** Test files, or source files whose tests are meant; empty: all. */
  readonly paths: readonly string[];
  /** Ids of `TestCase`; empty: all of the files. */
  readonly ids: readonly string[];
  readonly coverage: boolean;
  /** How often red tests run again on the same text, so that flaky ones are told; undefined: as the settings say. */
  readonly retries?: number;
  /** Under the debugger of the editor; where there is none, nothing runs. */
  readonly debug?: boolean;
  /** Id of the runner; undefined: the one that the package speaks for. */
  readonly runner?: string;
  /** Asks for a random order; the same seed gives the same one. */
  readonly seed?: number;
  /** Coverage reports of the folder that count too, such as those that other commands wrote; relative to it. */
  readonly reports?: readonly string[];
  /** What coverage has to be; it is measured then. */
  readonly demand?: CoverageDemand;
}

export interface MutateRequest {
  readonly root: string;
  /** The file whose code is changed, relative to the folder. */
  readonly path: string;
  /** Zero-based lines that mutants may begin in; undefined: all. */
  readonly lines: readonly number[] | undefined;
  /** Test files; empty: those that concern the file. */
  readonly tests: readonly string[];
  /** The same seed draws the same mutants. */
  readonly seed: number;
  readonly maxMutants: number;
  readonly maxPerFunction: number;
  readonly maxSeconds: number;
}

export interface MutateResult {
  readonly run: string;
  readonly end: { readonly outcome: RunOutcome; readonly code: string; readonly message: string };
  /** In the order in which they were tried; empty where nothing came of it. */
  readonly tested: readonly TestedMutant[];
  /** The text that the mutants change. */
  readonly text: string;
}

export interface TestsResult {
  readonly run: string;
  readonly outcome: TestRunOutcome;
  /** The runner's id; undefined when none was found. */
  readonly runner?: string;
  /** What could not run beside what did; undefined: nothing. */
  readonly notRun?: readonly TestsNotRun[];
  readonly coverage?: readonly FileCoverage[];
  /** Which test ran which line; missing where the runner cannot tell. */
  readonly perTest?: readonly TestLines[];
  /** undefined: nothing was asked of coverage, or the tests did not end green. */
  readonly verdict?: CoverageVerdict;
  /** What earlier green runs of all tests covered, the oldest first; undefined or empty: nothing to compare with. */
  readonly trend?: readonly TrendEntry[];
}

export interface Decided {
  readonly ok: boolean;
  readonly message: string;
  /** The chosen parts are not proven without the others: the proposal waits still, and they land with `unproven` alone. */
  readonly unproven?: true;
}

export interface Decision {
  readonly run: string;
  readonly accept: boolean;
  /** Files to take; undefined: all. */
  readonly paths?: readonly string[];
  /** Of these files only these hunks, by their index in `readProposal`; of a file that is not named, all. */
  readonly hunks?: readonly { readonly path: string; readonly kept: readonly number[] }[];
  /** The person knows that what is left is not proven. */
  readonly unproven?: boolean;
  /** The person looked at the difference before. */
  readonly seen?: boolean;
}

/** Looks at the installation as it serves one workspace folder. Runs no test, asks no model, sends nothing. */
export interface Health {
  examine(root: string, signal: AbortSignal): Promise<HealthReport>;
  /** A report of an issue as Markdown: masked, without prompts, texts and contents of files. */
  describeIssue(root: string, signal: AbortSignal): Promise<string>;
}

/** The engine, and what must follow the person's settings and trust while it runs. */
export interface RunningEngine {
  readonly engine: Engine;
  readonly models: Models;
  /** The same providers as if the user had set these addresses, by provider. */
  readonly modelsAt: (baseUrls: Readonly<Record<string, string>>) => Models;
  readonly keys: Keys;
  /** For what a face does beside the engine. */
  readonly rights: Rights;
  readonly providers: readonly ProviderInfo[];
  /** Looks at the installation; `version` is that of the product. */
  readonly health: (version: string) => Health;
  configure(settings: EditorSettings): void;
  setTrusted(trusted: boolean): void;
}
