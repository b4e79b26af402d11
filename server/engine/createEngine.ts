import type { Finding } from '../protocol/text.ts';
import type { ApprovalTexts, ApprovalView, RuleText } from '../protocol/approvals.ts';
import type { QueuedRun, RuleSummary } from '../protocol/requests.ts';
import type { ViewState } from '../protocol/viewState.ts';
import type {
  Decision,
  Engine,
  Firing,
  RunResult,
  RunRuleRequest,
  RunTestsRequest,
  Started,
  TestsResult,
} from './engine.ts';
import { RunLedger } from './journal/runLedger.ts';
import { testFindings } from './journal/testFindings.ts';
import { createAnswerCache } from './llm/cache/answerCache.ts';
import { ProviderGates } from './llm/limits/providerGates.ts';
import { createSpending, dayAccount, type Spending } from './llm/spending.ts';
import type { CheckCache } from './ports/checkCache.ts';
import type { FiringLog } from './ports/firingLog.ts';
import type { GitOperations } from './ports/gitOperation.ts';
import type { JournalStore } from './ports/journal.ts';
import type { Patterns } from './ports/patterns.ts';
import type { AnswerStore } from './ports/answerStore.ts';
import type { SpendingStore } from './ports/spending.ts';
import { createFolderPaths, type FolderPaths, type PathChanges } from './rules/globs/folderPaths.ts';
import type { EventName, RuleDocument } from './rules/rule.ts';
import type { RuleCatalog } from './rules/ruleCatalog.ts';
import { createRuleStore, type RuleStore } from './rules/ruleStore.ts';
import { readProblemSettings } from './rules/severities/problemSettings.ts';
import { ApprovalDesk } from './runs/approvals/approvalDesk.ts';
import { checkFiles } from './runs/checkFiles.ts';
import { fixFiles, type CheckFixes } from './runs/fixFiles.ts';
import { createFiringContext } from './runs/firingContext.ts';
import { Firings } from './runs/firings.ts';
import { findRunnableRule } from './runs/findRunnableRule.ts';
import type { FolderState } from './runs/folderState.ts';
import { folderSwitches } from './runs/folderSwitches.ts';
import { createModelQueries, type ModelQueries } from './runs/modelQueries.ts';
import { OpenRuns, type OpenRun } from './runs/openRuns.ts';
import { OwnWrites } from './runs/ownWrites.ts';
import { previewPrompt } from './runs/previewPrompt.ts';
import { ProposalDesk } from './runs/proposalDesk.ts';
import { recoverRuns } from './runs/recoverRuns.ts';
import { createRuleQueries, type RuleQueries } from './runs/ruleQueries.ts';
import type { RunDeps } from './runs/runScope.ts';
import { resumeRepeatable, resumeRun } from './runs/resumeRun.ts';
import { runRuleNow, startRuleNow, type ByHandParts } from './runs/rulesByHand.ts';
import { runTestsNow, startTestsNow } from './runs/userTests.ts';
import { RunBudgets } from './runs/runBudgets.ts';
import { RunWaits } from './runs/runWaits.ts';
import { actingActions, type RunStarter } from './runs/startRun.ts';
import { viewEngine } from './runs/viewEngine.ts';
import { createRedactor } from './safety/redact.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** The world, as the composition roots hand it over. */
export interface EnginePorts extends Omit<
  RunDeps,
  'answers' | 'gates' | 'ownWrites' | 'onLanded' | 'onSelfWritten' | 'onTested' | 'approvals' | 'unconfined'
> {
  readonly journal: JournalStore;
  readonly firings: FiringLog;
  readonly spending: SpendingStore;
  readonly answerStore: AnswerStore;
  readonly patterns: Patterns;
  readonly gitOperations: GitOperations;
  readonly checkCache: CheckCache;
  /** Texts of the bundled rules, by file name. */
  readonly builtinRules: ReadonlyMap<string, string>;
}

/** Builds the engine from its ports; the one place where its parts are put together. */
export function createEngine(ports: EnginePorts): Engine {
  return new RuleEngine(ports);
}

class RuleEngine implements Engine {
  readonly #ports: EnginePorts;
  readonly #deps: RunDeps;
  readonly #ledger = new RunLedger();
  readonly #open = new OpenRuns();
  readonly #spending: Spending;
  readonly #firings: Firings;
  readonly #starter: RunStarter;
  readonly #proposals: ProposalDesk;
  readonly #approvals: ApprovalDesk;
  readonly #folders = new Map<string, FolderState>();
  readonly #listeners = new Set<(state: ViewState) => void>();
  #closing: Promise<unknown> = Promise.resolve();
  #settings: Settings = defaultSettings;
  #spentToday: ViewState['status']['spentToday'] = { usd: 0, tokens: 0, unknownPrice: false };

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#deps = {
      ...ports,
      answers: createAnswerCache({
        store: ports.answerStore,
        digest: ports.digest,
        redact: createRedactor([]),
      }),
      gates: new ProviderGates(ports.clock),
      ownWrites: new OwnWrites(ports.digest),
      onLanded: (...landed) => this.#firings.raiseAccepted(...landed),
      onSelfWritten: (...written) => this.#firings.raiseSelfWritten(...written),
      onTested: (...tested) => void this.#firings.raiseTested(...tested),
      approvals: new RunWaits(),
      unconfined: new RunWaits(),
    };
    this.#deps.gates.onDidChange(() => this.#changed());
    const { journal, patterns, gitOperations, firings: log } = ports;
    this.#spending = createSpending(ports.spending);
    this.#starter = {
      deps: this.#deps,
      ledger: this.#ledger,
      open: this.#open,
      journal,
      spending: this.#spending,
      budgets: new RunBudgets(this.#ledger),
    };
    this.#proposals = new ProposalDesk(this.#starter);
    this.#approvals = new ApprovalDesk({
      deps: this.#deps,
      ledger: this.#ledger,
      folders: () => [...this.#folders.values()],
      onDidChange: () => this.#changed(),
    });
    this.#firings = new Firings({
      starter: this.#starter,
      gitOperations,
      patterns,
      log,
      settings: () => this.#settings,
      folder: (root) => this.#firingFolder(root),
    });
    this.#ledger.onDidApply((event) => {
      this.#firings.note(event);
      this.#approvals.note(event);
      if (event.type === 'model.answered' || event.type === 'model.failed') void this.#readSpending();
      this.#changed();
    });
    void this.#readSpending();
  }

  async openFolder(root: string, signal: AbortSignal): Promise<void> {
    const known = this.#folders.get(root);
    if (known) return known.ready;
    const { files, builtinRules } = this.#ports;
    const paths = createFolderPaths(files, root);
    const rules = createRuleStore({ files, root, builtin: builtinRules, paths: () => paths.known() });
    const folder: FolderState = { root, rules, paths, ready: Promise.resolve(), lastSeen: new Map() };
    this.#folders.set(root, folder);
    folder.ready = this.#load(folder, signal);
    return folder.ready;
  }

  closeFolder(root: string): void {
    this.#folders.delete(root);
    this.#firings.forget(root);
    this.#ledger.forget(root);
    const left = this.#open.all().filter((open) => open.root === root);
    this.#closing = Promise.all([this.#closing, ...left.map((open) => this.#leave(open))]);
    void this.#approvals.refresh();
    this.#changed();
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    for (const { rules } of this.#folders.values()) {
      rules.useBuiltin(settings.rules.builtin);
      rules.useFolders(settings.rules.folders);
      if (rules.useDialects(settings.rules.dialects)) void this.#loadDialects(rules);
      rules.useProblemSettings(readProblemSettings(settings.rules.problems));
    }
    void this.#approvals.refresh();
    this.#firings.review();
    this.#changed();
  }

  async reloadRules(
    root: string,
    paths: readonly string[] | 'all',
    signal: AbortSignal,
  ): Promise<ReadonlySet<string> | undefined> {
    const rules = this.#folders.get(root)?.rules;
    if (paths === 'all') await rules?.load(signal);
    const affected = paths === 'all' ? undefined : await rules?.reload(paths, signal);
    if (affected?.size !== 0) {
      void this.#approvals.refresh();
      this.#changed();
    }
    return affected;
  }

  async setTypedText(root: string, path: string, text: string | undefined): Promise<ReadonlySet<string>> {
    return (await this.#folders.get(root)?.rules.setTyped(path, text)) ?? new Set();
  }

  ruleCatalog(root: string, texts: 'saved' | 'typed'): RuleCatalog | undefined {
    return this.#folders.get(root)?.rules[texts];
  }

  ruleDocuments(root: string): readonly RuleDocument[] {
    return this.#folders.get(root)?.rules.documents() ?? [];
  }

  rules(which: 'live' | 'all' = 'live'): readonly RuleSummary[] {
    return [...this.#folders.values()].flatMap(({ rules }) =>
      which === 'live' ? rules.summaries() : rules.allSummaries(),
    );
  }

  rulesFor(root: string, path: string): readonly { readonly ruleId: string; readonly name: string }[] {
    const rules = this.#folders.get(root)?.rules.rulesFor(path) ?? [];
    return rules
      .filter((rule) => rule.active && actingActions(rule.actions).length > 0)
      .map((rule) => ({ ruleId: rule.id, name: rule.name }));
  }

  ruleQueries(root: string): RuleQueries | undefined {
    const folder = this.#folders.get(root);
    const context = createFiringContext({ ...this.#ports, ledger: this.#ledger });
    return folder && createRuleQueries(folder, { context, deps: this.#deps, settings: this.#settings });
  }

  workspacePaths(root: string): FolderPaths | undefined {
    return this.#folders.get(root)?.paths;
  }

  async pathsChanged(root: string, changes: PathChanges, signal: AbortSignal): Promise<boolean> {
    return (await this.#folders.get(root)?.paths.follow(changes, signal)) ?? false;
  }

  typed(root: string, path: string): void {
    this.#firings.typed(root, path);
  }

  handleEvent(...[event, signal, after]: Parameters<Engine['handleEvent']>): Promise<readonly Firing[]> {
    return this.#firings.handle(event, signal, after);
  }

  async problemsChanged(root: string, path: string, signal: AbortSignal): Promise<void> {
    await this.#firings.handleProblems(root, path, signal);
  }

  listensTo(event: EventName): boolean {
    return [...this.#folders.values()].some(({ rules }) =>
      rules.liveRules().some(({ active, on }) => active && on.some(({ value }) => value === event)),
    );
  }

  setDebugging(active: boolean): void {
    this.#firings.setDebugging(active);
    this.#changed();
  }

  runRule(request: RunRuleRequest, signal: AbortSignal): Promise<RunResult> {
    return runRuleNow(this.#byHand(request.root), request, signal);
  }

  startRule(request: RunRuleRequest): Promise<Started> {
    return startRuleNow(this.#byHand(request.root), request);
  }

  models(): ModelQueries {
    return createModelQueries(this.#starter, this.#settings);
  }

  resumeRun(root: string, run: string, signal: AbortSignal): Promise<Started> {
    return resumeRun(this.#byHand(root), run, signal);
  }

  async previewPrompt(request: RunRuleRequest, signal: AbortSignal): Promise<string> {
    const found = await findRunnableRule(this.#folders.get(request.root), request.rule);
    if ('refused' in found) return found.refused;
    const { folder, rule } = found;
    return previewPrompt(
      { deps: this.#deps, folder, rule, file: request.path, settings: this.#settings },
      signal,
    );
  }

  async check(...[root, files, signal, options]: Parameters<Engine['check']>): Promise<readonly Finding[]> {
    const folder = this.#folders.get(root);
    if (!folder) return [];
    await folder.ready;
    return checkFiles({ ...this.#ports, ...options, rules: folder.rules, root }, files, signal);
  }

  async fixes(...[root, paths, signal]: Parameters<Engine['fixes']>): Promise<CheckFixes> {
    const folder = this.#folders.get(root);
    if (!folder) return { files: [], fixed: [] };
    await folder.ready;
    return fixFiles({ ...this.#ports, rules: folder.rules, root }, paths, signal);
  }

  runTests(request: RunTestsRequest, signal: AbortSignal): Promise<TestsResult> {
    return runTestsNow({ ...this.#starter, settings: this.#settings }, request, signal);
  }

  async startTests(request: RunTestsRequest): Promise<Started> {
    if (!this.#folders.has(request.root)) return { refused: 'This folder is not open.' };
    return startTestsNow({ ...this.#starter, settings: this.#settings }, request);
  }

  decide(decision: Decision, signal: AbortSignal): ReturnType<Engine['decide']> {
    return this.#proposals.decide(decision, this.#settings, signal);
  }

  approvals(): readonly ApprovalView[] {
    return this.#approvals.views;
  }

  approvalTexts(root: string, ruleId: string): Promise<ApprovalTexts | undefined> {
    return this.#approvals.texts(root, ruleId);
  }

  approve(root: string, texts: readonly RuleText[], allow: boolean): Promise<void> {
    return this.#approvals.answer(root, texts, allow);
  }

  revokeApprovals(root: string, ruleIds: readonly string[] | 'all'): Promise<void> {
    return this.#approvals.revoke(root, ruleIds);
  }

  allowUnconfined(run: string, allow: boolean): boolean {
    return this.#deps.unconfined.answer(run, allow);
  }

  readProposal(run: string): ReturnType<Engine['readProposal']> {
    const view = this.#ledger.view(run);
    return view && view.files.length > 0
      ? { files: view.files, title: `Codegen Lab: ${view.rule} on ${view.file}` }
      : undefined;
  }

  queue(): readonly QueuedRun[] {
    return this.#firings.list();
  }

  async stop(run: string | 'all'): Promise<number> {
    const runs = this.#open.all().filter((open) => run === 'all' || open.run === run);
    const active = runs.filter((open) => this.#ledger.view(open.run)?.waitingOn !== 'decision');
    this.#firings.cancel(run);
    for (const open of active) open.abort.abort();
    await Promise.all(active.map((open) => open.settled));
    return active.length;
  }

  viewState(): ViewState {
    return viewEngine({
      ledger: this.#ledger,
      folders: [...this.#folders.values()],
      settings: this.#settings,
      isTrusted: (root) => this.#deps.consent.isTrusted(root),
      heldBy: (root) => this.#firings.heldBy(root),
      spentToday: this.#spentToday,
      gates: this.#deps.gates,
    });
  }

  testFindings(root: string): readonly Finding[] {
    return testFindings(root, this.#ledger.testFiles());
  }

  actionFindings(root: string): readonly Finding[] {
    return this.#ledger.actionFindings(root);
  }

  onDidChangeView(listener: (state: ViewState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#firings.leave();
    await this.stop('all');
    // A run that waits for a decision stays open in its journal: the next process goes on with it.
    await Promise.all(this.#open.all().map(async (open) => open.recorder?.close().catch(() => undefined)));
    this.#listeners.clear();
    await this.#firings.close();
  }

  async #load(folder: FolderState, signal: AbortSignal): Promise<void> {
    folder.rules.useBuiltin(this.#settings.rules.builtin);
    folder.rules.useFolders(this.#settings.rules.folders);
    folder.rules.useDialects(this.#settings.rules.dialects);
    folder.rules.useProblemSettings(readProblemSettings(this.#settings.rules.problems));
    const { journal, clock } = this.#ports;
    // A folder that comes back at once finds its journals let go.
    await this.#closing;
    const recovered = recoverRuns({ journal, ledger: this.#ledger, clock, root: folder.root }).catch(
      (error: unknown) => {
        this.#deps.log.warn(
          `Earlier runs cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
        return [];
      },
    );
    const [, repeatable] = await Promise.all([folder.rules.load(signal), recovered]);
    await this.#approvals.refresh();
    this.#changed();
    void this.#firings.recover(folder, signal);
    if (folderSwitches(this.#settings, folder.root).enabled)
      void resumeRepeatable(this.#byHand(folder.root), repeatable, signal);
  }

  async #firingFolder(root: string): Promise<FolderState | undefined> {
    const folder = this.#folders.get(root);
    if (!folder || !folderSwitches(this.#settings, root).enabled) return undefined;
    await folder.ready;
    return folder;
  }

  async #loadDialects(rules: RuleStore): Promise<void> {
    try {
      await rules.loadDialects(new AbortController().signal);
    } catch (error) {
      this.#deps.log.warn(
        `Rule files of other tools cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    this.#changed();
  }

  #byHand(root: string): ByHandParts {
    return { ...this.#starter, folder: this.#folders.get(root), settings: this.#settings };
  }

  /** Ends a run of a folder that is closed; a proposal stays open in its journal, for when the folder comes back. */
  async #leave(open: OpenRun): Promise<void> {
    open.abort.abort();
    await open.settled;
    await open.recorder?.close().catch(() => undefined);
    this.#open.end(open.run);
  }

  async #readSpending(): Promise<void> {
    const { clock, log } = this.#ports;
    try {
      this.#spentToday = await this.#spending.read(dayAccount(clock.now()));
      this.#changed();
    } catch (error) {
      log.warn(`Spending of today cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #changed(): void {
    if (this.#listeners.size === 0) return;
    const state = this.viewState();
    for (const listener of this.#listeners) listener(state);
  }
}
