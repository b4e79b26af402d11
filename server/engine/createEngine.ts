import type { Finding } from '../protocol/text.ts';
import type { ApprovalTexts, ApprovalView, RuleText } from '../protocol/approvals.ts';
import type { QueuedRun, RuleSummary } from '../protocol/requests.ts';
import type { ViewState } from '../protocol/viewState.ts';
import type {
  Decision,
  Engine,
  Firing,
  KillSurvivorsRequest,
  MutateRequest,
  MutateResult,
  OfferedRule,
  RunResult,
  RunRuleRequest,
  RunTestsRequest,
  Started,
  TestsResult,
  UndoResult,
} from './engine.ts';
import type { ActionFinding } from './journal/actionFindings.ts';
import { RunLedger } from './journal/runLedger.ts';
import type { FolderPaths, PathChanges } from './rules/globs/folderPaths.ts';
import type { EventName, RuleDocument } from './rules/rule.ts';
import type { RuleCatalog } from './rules/ruleCatalog.ts';
import { ApprovalDesk } from './runs/approvals/approvalDesk.ts';
import { checkFiles } from './runs/checkFiles.ts';
import { fixFiles, type CheckFixes } from './runs/fixFiles.ts';
import { createRunStarter, type EnginePorts } from './runs/enginePorts.ts';
import { createFiringContext } from './runs/firingContext.ts';
import { Firings } from './runs/firings.ts';
import type { FolderState } from './runs/folderState.ts';
import { folderSwitches } from './runs/folderSwitches.ts';
import { LastCoverage } from './runs/lastCoverage.ts';
import { createModelQueries, type ModelQueries } from './runs/modelQueries.ts';
import { mutateNow } from './runs/mutating/mutateNow.ts';
import { forgetDeletedTests } from './runs/forgetDeletedTests.ts';
import { OpenFolders } from './runs/openFolders.ts';
import { OpenRuns } from './runs/openRuns.ts';
import { previewPrompt } from './runs/previewPrompt.ts';
import { ProposalDesk } from './runs/proposalDesk.ts';
import { readProposal } from './runs/readProposal.ts';
import { recoverRuns } from './runs/recoverRuns.ts';
import { createRuleQueries, type RuleQueries } from './runs/ruleQueries.ts';
import type { RunDeps } from './runs/runScope.ts';
import { resumeRepeatable, resumeRun } from './runs/resumeRun.ts';
import { killSurvivors, runRuleNow, startRuleNow, type ByHandParts } from './runs/rulesByHand.ts';
import { SpentToday } from './runs/spentToday.ts';
import { createTestQueries, type TestQueries } from './runs/testQueries.ts';
import type { UserTestParts } from './runs/runUserTests.ts';
import { runTestsNow, startTestsNow } from './runs/userTests.ts';
import type { RunStarter } from './runs/startRun.ts';
import { TrustNotes } from './runs/trustNotes.ts';
import { undoRun } from './runs/undoRun.ts';
import { viewEngine } from './runs/viewEngine.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** Builds the engine from its ports; the one place where its parts are put together. */
export function createEngine(ports: EnginePorts): Engine {
  return new RuleEngine(ports);
}

class RuleEngine implements Engine {
  readonly #ports: EnginePorts;
  readonly #deps: RunDeps;
  readonly #ledger = new RunLedger();
  readonly #open = new OpenRuns();
  readonly #coverage = new LastCoverage();
  readonly #firings: Firings;
  readonly #starter: RunStarter;
  readonly #spentToday: SpentToday;
  readonly #proposals: ProposalDesk;
  readonly #approvals: ApprovalDesk;
  readonly #folders: OpenFolders;
  readonly #listeners = new Set<(state: ViewState) => void>();
  #closing: Promise<unknown> = Promise.resolve();
  readonly #trust: TrustNotes;
  #settings: Settings = defaultSettings;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#starter = createRunStarter(ports, {
      ledger: this.#ledger,
      open: this.#open,
      news: {
        onLanded: (...landed) => this.#firings.raiseAccepted(...landed),
        onSelfWritten: (...written) => this.#firings.raiseSelfWritten(...written),
        onTested: (...tested) => void this.#firings.raiseTested(...tested),
      },
    });
    const { deps, spending } = this.#starter;
    this.#deps = deps;
    this.#trust = new TrustNotes(deps);
    const onDidChange = (): void => this.#changed();
    const settings = (): Settings => this.#settings;
    this.#folders = new OpenFolders({ ports, settings, onDidChange });
    deps.gates.onDidChange(onDidChange);
    this.#spentToday = new SpentToday({ ...deps, spending, onDidChange });
    const { patterns, gitOperations, firings: log } = ports;
    this.#proposals = new ProposalDesk(this.#starter);
    const folders = (): readonly FolderState[] => this.#folders.all();
    this.#approvals = new ApprovalDesk({ deps, ledger: this.#ledger, folders, onDidChange });
    this.#firings = new Firings({
      starter: this.#starter,
      gitOperations,
      patterns,
      log,
      settings,
      folder: (root) => this.#folders.firing(root),
    });
    this.#ledger.onDidApply((event) => {
      this.#firings.note(event);
      this.#approvals.note(event);
      if (event.type === 'model.answered' || event.type === 'model.failed') void this.#spentToday.read();
      this.#changed();
    });
    void this.#spentToday.read();
  }

  async openFolder(root: string, signal: AbortSignal): Promise<void> {
    const known = this.#folders.get(root);
    if (known) return known.ready;
    const folder = this.#folders.add(root);
    folder.ready = this.#load(folder, signal);
    return folder.ready;
  }

  closeFolder(root: string): void {
    this.#folders.remove(root);
    this.#firings.forget(root);
    this.#deps.imports.forget(root);
    this.#ledger.forget(root);
    this.#coverage.forget(root);
    const left = this.#open.all().filter((open) => open.root === root);
    this.#closing = Promise.all([this.#closing, ...left.map((open) => this.#open.leave(open))]);
    void this.#approvals.refresh();
    this.#changed();
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.#folders.configure();
    this.#trust.note(this.#folders.all());
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
    if (paths !== 'all') this.#deps.imports.note(root, paths);
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
    return this.#folders.summaries(which);
  }

  rulesFor(root: string, path: string): readonly OfferedRule[] {
    return this.#folders.offered(root, path);
  }

  ruleQueries(root: string): RuleQueries | undefined {
    const folder = this.#folders.get(root);
    const context = createFiringContext({ ...this.#deps, ...this.#ports, ledger: this.#ledger });
    const heldBy = (): Promise<string | undefined> => this.#firings.lookWhyHeld(root);
    return (
      folder && createRuleQueries(folder, { context, deps: this.#deps, settings: this.#settings, heldBy })
    );
  }

  workspacePaths(root: string): FolderPaths | undefined {
    return this.#folders.get(root)?.paths;
  }

  async pathsChanged(root: string, changes: PathChanges, signal: AbortSignal): Promise<boolean> {
    this.#deps.imports.note(root, changes.created);
    if (this.#ledger.forgetTests(root, changes.deleted)) this.#changed();
    return (await this.#folders.get(root)?.paths.follow(changes, signal)) ?? false;
  }

  typed(root: string, path: string): void {
    this.#firings.typed(root, path);
  }

  handleEvent(...[event, signal, after]: Parameters<Engine['handleEvent']>): Promise<readonly Firing[]> {
    this.#deps.imports.note(event.root, [event.path]);
    return this.#firings.handle(event, signal, after);
  }

  async problemsChanged(root: string, path: string, signal: AbortSignal): Promise<void> {
    await this.#firings.handleProblems(root, path, signal);
  }

  listensTo(event: EventName): boolean {
    return this.#folders.listensTo(event);
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

  killSurvivors(request: KillSurvivorsRequest): Promise<Started> {
    return killSurvivors(this.#byHand(request.root), request);
  }

  models(): ModelQueries {
    return createModelQueries(this.#starter, this.#settings);
  }

  resumeRun(root: string, run: string, signal: AbortSignal): Promise<Started> {
    return resumeRun(this.#byHand(root), run, signal);
  }

  previewPrompt(request: RunRuleRequest, signal: AbortSignal): Promise<string> {
    return previewPrompt(this.#byHand(request.root), request, signal);
  }

  async check(...[root, files, signal, options]: Parameters<Engine['check']>): Promise<readonly Finding[]> {
    const folder = await this.#folders.ready(root);
    if (!folder) return [];
    return checkFiles({ ...this.#ports, ...options, rules: folder.rules, root }, files, signal);
  }

  async fixes(...[root, paths, signal]: Parameters<Engine['fixes']>): Promise<CheckFixes> {
    const folder = await this.#folders.ready(root);
    if (!folder) return { files: [], fixed: [] };
    return fixFiles({ ...this.#ports, rules: folder.rules, root }, paths, signal);
  }

  testQueries(root: string): TestQueries | undefined {
    const folder = this.#folders.get(root);
    if (folder === undefined) return undefined;
    return createTestQueries({
      paths: folder.paths,
      root,
      deps: this.#deps,
      coverage: this.#coverage,
      settings: this.#settings,
    });
  }

  runTests(request: RunTestsRequest, signal: AbortSignal): Promise<TestsResult> {
    return runTestsNow(this.#testing(), request, signal);
  }

  mutate(request: MutateRequest, signal: AbortSignal): Promise<MutateResult> {
    return mutateNow({ ...this.#starter, settings: this.#settings }, request, signal);
  }

  async startTests(request: RunTestsRequest): Promise<Started> {
    if (!this.#folders.get(request.root)) return { refused: 'This folder is not open.' };
    return startTestsNow(this.#testing(), request);
  }

  decide(decision: Decision, signal: AbortSignal): ReturnType<Engine['decide']> {
    return this.#proposals.decide(decision, this.#settings, signal);
  }

  undo(root: string, run: string, signal: AbortSignal): Promise<UndoResult> {
    return undoRun({ ...this.#starter, settings: this.#settings }, root, run, signal);
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
    return readProposal(this.#ledger.view(run));
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
      folders: this.#folders.all(),
      settings: this.#settings,
      isTrusted: (root) => this.#deps.consent.isTrusted(root),
      heldBy: (root) => this.#firings.heldBy(root),
      spentToday: this.#spentToday.value,
      coverage: this.#coverage.stamps(),
      gates: this.#deps.gates,
    });
  }

  actionFindings(root: string): readonly ActionFinding[] {
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
    await this.#trust.settled;
  }

  async #load(folder: FolderState, signal: AbortSignal): Promise<void> {
    const { journal, clock, leftovers } = this.#ports;
    const { root } = folder;
    // A folder that comes back at once finds its journals let go.
    await this.#closing;
    const recovered = recoverRuns({ journal, ledger: this.#ledger, clock, leftovers, root }).catch(
      (error: unknown) => {
        this.#deps.log.warn(
          `Earlier runs cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
        return [];
      },
    );
    const [, repeatable] = await Promise.all([folder.rules.load(signal), recovered]);
    await forgetDeletedTests({ ...this.#ports, ledger: this.#ledger }, folder.root, signal);
    await this.#approvals.refresh();
    this.#trust.note([folder]);
    this.#changed();
    void this.#firings.recover(folder, signal);
    if (folderSwitches(this.#settings, folder.root).enabled)
      void resumeRepeatable(this.#byHand(folder.root), repeatable, signal);
  }

  #testing(): RunStarter & UserTestParts {
    return { ...this.#starter, settings: this.#settings, coverage: this.#coverage };
  }

  #byHand(root: string): ByHandParts {
    return { ...this.#starter, folder: this.#folders.get(root), settings: this.#settings };
  }

  #changed(): void {
    if (this.#listeners.size === 0) return;
    const state = this.viewState();
    for (const listener of this.#listeners) listener(state);
  }
}
