import * as vscode from 'vscode';
import type { RunView, TestFileView, ViewState } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import type { TestTerminal } from '../terminal/testTerminal.ts';
import { watchSaves } from './continuousRuns.ts';
import { loadLines, loadLinesOfTest } from './coverageReport.ts';
import { reportTest } from './reportTest.ts';
import { TestFinder } from './testFinder.ts';
import { TestItems } from './testItems.ts';
import { TestRuns, type RunMode } from './testRuns.ts';
import { selectTests, type TestSelection } from './testSelection.ts';
import { fileNodeId } from './testTree.ts';

/** The Test Explorer as a projection of what the server knows: it keeps no results of its own. */
export class TestExplorer implements vscode.Disposable {
  readonly #host: Host;
  readonly #controller = vscode.tests.createTestController('codegenLab', 'Codegen Lab');
  readonly #items = new TestItems(this.#controller);
  readonly #runs: TestRuns;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** File's id to the results that are shown of it. */
  readonly #shown = new Map<string, string>();
  /** By the id of an item: the run that its last result went into. */
  readonly #reported = new Map<string, vscode.TestRun>();

  constructor(host: Host, terminal: TestTerminal) {
    this.#host = host;
    this.#runs = new TestRuns(host, this.#items);
    const finder = new TestFinder(host, this.#items);
    this.#controller.resolveHandler = (item) => (item ? finder.read(item) : finder.list());
    this.#controller.refreshHandler = () => finder.list();
    this.#addProfile('Run', vscode.TestRunProfileKind.Run, 'run');
    this.#addProfile('Debug', vscode.TestRunProfileKind.Debug, 'debug');
    const coverage = this.#addProfile('Coverage', vscode.TestRunProfileKind.Coverage, 'coverage');
    coverage.loadDetailedCoverage = async (_, file) => loadLines(file);
    coverage.loadDetailedCoverageForTest = async (_, file, test) => loadLinesOfTest(file, test);
    this.#subscriptions.push(
      finder,
      host.views.onDidChange((state) => state && this.#update(state)),
      terminal.onDidShow(({ run, text }) => this.#runs.showOutput(run, text)),
    );
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#controller).dispose();
  }

  #addProfile(label: string, kind: vscode.TestRunProfileKind, mode: RunMode): vscode.TestRunProfile {
    const profile = this.#controller.createRunProfile(
      label,
      kind,
      (request, token) => this.#handle(request, token, mode),
      true,
    );
    profile.supportsContinuousRun = mode !== 'debug';
    return profile;
  }

  #update(state: ViewState): void {
    const news = state.tests.filter((file) => this.#shown.get(idOf(file)) !== stampOf(file));
    for (const file of news) {
      this.#shown.set(idOf(file), stampOf(file));
      this.#items.report(file);
    }
    for (const run of new Set(news.map((file) => file.run))) {
      this.#report(
        run,
        news.filter((file) => file.run === run),
      );
    }
    const present = new Set(state.tests.map(idOf));
    for (const id of [...this.#shown.keys()].filter((shown) => !present.has(shown))) {
      this.#shown.delete(id);
      this.#items.dropResults(id);
    }
    this.#runs.follow(state.runs);
  }

  #report(run: string, files: readonly TestFileView[]): void {
    const awaited = this.#runs.testRunOf(run);
    const testRun =
      awaited ?? this.#controller.createTestRun(new vscode.TestRunRequest(), runName(files), true);
    for (const file of files) {
      const ran = new Set(file.ran ?? file.tests.map(({ id }) => id));
      const item = this.#items.find(idOf(file));
      if (item) this.#reportItem(testRun, item, ran);
    }
    if (!awaited) testRun.end();
  }

  #reportItem(testRun: vscode.TestRun, item: vscode.TestItem, ran: ReadonlySet<string>): void {
    const node = this.#items.nodeOf(item);
    if (node?.result && ran.has(node.result.id)) {
      reportTest(testRun, item, node.folder, node.result);
      this.#reported.set(item.id, testRun);
    }
    item.children.forEach((child) => this.#reportItem(testRun, child, ran));
  }

  async #handle(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    mode: RunMode,
  ): Promise<void> {
    requireTrust();
    if (request.continuous !== true) return this.#run(request, mode, this.#select(request));
    const { include, exclude, profile } = request;
    const again = (): vscode.TestRunRequest => new vscode.TestRunRequest(include, exclude, profile, true);
    const watched = new Set(this.#chosen(request).map(({ folder, path }) => fileNodeId(folder, path)));
    watchSaves(this.#host, {
      isWatched: (folder, path) => include === undefined || watched.has(fileNodeId(folder, path)),
      token,
      // The editor takes all runs of one request for one run.
      run: (selection, why) => this.#run(again(), mode, [selection], `${why}\r\n`),
    });
  }

  async #run(
    request: vscode.TestRunRequest,
    mode: RunMode,
    selections: readonly TestSelection[],
    why = '',
  ): Promise<void> {
    const testRun = this.#controller.createTestRun(request);
    if (why !== '') testRun.appendOutput(why);
    try {
      for (const selection of selections) {
        if (testRun.token.isCancellationRequested) break;
        const items = this.#itemsOf(selection);
        for (const item of items) testRun.enqueued(item);
        const onBegun = (): void => items.forEach((item) => testRun.started(item));
        const end = await this.#runs.carryOut(testRun, selection, { mode, onBegun });
        const without = items.filter(({ id }) => this.#reported.get(id) !== testRun);
        tellEnd(testRun, without, end);
      }
    } catch (error) {
      testRun.appendOutput(`${error instanceof Error ? error.message : String(error)}\r\n`);
      throw error;
    } finally {
      testRun.end();
    }
  }

  #select(request: vscode.TestRunRequest): readonly TestSelection[] {
    const excluded = new Set(request.exclude?.map((item) => item.id));
    if (request.include !== undefined || excluded.size > 0)
      return selectTests(this.#chosen(request), excluded);
    const folders = new Set(this.#chosen(request).map(({ folder }) => folder));
    return [...folders].map((folder) => ({ folder, paths: [], ids: [] }));
  }

  #chosen(request: vscode.TestRunRequest) {
    const items = request.include ?? this.#items.all();
    return items.flatMap((item) => this.#items.nodeOf(item) ?? []);
  }

  /** The leaves that a selection runs; a file nobody has looked into stands for its tests. */
  #itemsOf({ folder, paths, ids }: TestSelection): readonly vscode.TestItem[] {
    const leaves: vscode.TestItem[] = [];
    const visit = (item: vscode.TestItem): void => {
      const node = this.#items.nodeOf(item);
      if (item.children.size > 0) item.children.forEach(visit);
      else if (ids.length === 0 || (node?.testId !== undefined && ids.includes(node.testId)))
        leaves.push(item);
    };
    for (const item of this.#items.all()) {
      const node = this.#items.nodeOf(item);
      if (node?.folder === folder && (paths.length === 0 || paths.includes(node.path))) visit(item);
    }
    return leaves;
  }
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted)
    throw new Error('Tests do not run in a restricted workspace. Trust it first.');
}

/** A run that came to no results says why at what has none. */
function tellEnd(
  testRun: vscode.TestRun,
  without: readonly vscode.TestItem[],
  end: RunView | undefined,
): void {
  if (end?.message === undefined) return;
  testRun.appendOutput(`${end.message.replaceAll(/\r?\n/g, '\r\n')}\r\n`);
  if (end.outcome === 'unchanged' || end.code === 'tests.red' || end.outcome === 'cancelled') return;
  const message = new vscode.TestMessage(end.message);
  for (const item of without) testRun.errored(item, message);
}

function idOf(file: TestFileView): string {
  return fileNodeId(file.folder, file.path);
}

function stampOf(file: TestFileView): string {
  return `${file.run} ${file.phase} ${file.at} ${file.tests.length}`;
}

function runName(files: readonly TestFileView[]): string {
  return files.map((file) => `${file.path} (${file.phase})`).join(', ');
}
