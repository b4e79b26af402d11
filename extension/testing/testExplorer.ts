import * as vscode from 'vscode';
import { runTests, stopRun } from '../../server/protocol/requests.ts';
import type { TestFileView, ViewState } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { fileUri } from '../folderUri.ts';
import { terminalName } from '../terminal/testTerminal.ts';
import { reportTest } from './reportTest.ts';
import { selectTests, type TestSelection } from './testSelection.ts';
import { buildTestTree, fileNodeId, type TestNode } from './testTree.ts';

/** A run that a person started here and whose results are awaited. */
interface Awaited {
  readonly testRun: vscode.TestRun;
  readonly finished: () => void;
}

/** The Test Explorer as a projection of the view state: it keeps no results of its own. */
export class TestExplorer implements vscode.Disposable {
  readonly #host: Host;
  readonly #controller = vscode.tests.createTestController('codegenLab', 'Codegen Lab');
  readonly #subscription: vscode.Disposable;
  readonly #nodes = new Map<string, TestNode>();
  /** File's id to the results that are shown of it. */
  readonly #shown = new Map<string, string>();
  readonly #awaited = new Map<string, Awaited>();

  constructor(host: Host) {
    this.#host = host;
    this.#subscription = host.views.onDidChange((state) => state && this.#update(state));
    this.#controller.createRunProfile(
      'Run',
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#controller.dispose();
  }

  #update(state: ViewState): void {
    const news = state.tests.filter((file) => this.#shown.get(idOf(file)) !== stampOf(file));
    for (const file of news) this.#place(file);
    for (const run of new Set(news.map((file) => file.run))) {
      this.#report(
        run,
        news.filter((file) => file.run === run),
      );
    }
    this.#dropVanished(state);
    for (const [run, awaited] of this.#awaited) {
      if (state.runs.find((candidate) => candidate.run === run)?.phase === 'finished') awaited.finished();
    }
  }

  #place(file: TestFileView): void {
    this.#shown.set(idOf(file), stampOf(file));
    this.#controller.items.add(this.#createItem(buildTestTree(file)));
  }

  #createItem(node: TestNode): vscode.TestItem {
    this.#nodes.set(node.id, node);
    const item = this.#controller.createTestItem(node.id, node.label, fileUri(node.folder, node.path));
    if (node.line !== undefined) item.range = new vscode.Range(node.line, 0, node.line, 0);
    item.children.replace(node.children.map((child) => this.#createItem(child)));
    return item;
  }

  #dropVanished(state: ViewState): void {
    const present = new Set(state.tests.map(idOf));
    for (const id of [...this.#shown.keys()].filter((shown) => !present.has(shown))) {
      this.#shown.delete(id);
      this.#controller.items.delete(id);
    }
  }

  #report(run: string, files: readonly TestFileView[]): void {
    const awaited = this.#awaited.get(run);
    const testRun =
      awaited?.testRun ?? this.#controller.createTestRun(new vscode.TestRunRequest(), runName(files), true);
    testRun.appendOutput(`What the tests print is in the terminal "${terminalName}".\r\n`);
    for (const file of files) {
      const item = this.#controller.items.get(idOf(file));
      if (item) this.#reportItem(testRun, item);
    }
    if (!awaited) testRun.end();
  }

  #reportItem(testRun: vscode.TestRun, item: vscode.TestItem): void {
    const node = this.#nodes.get(item.id);
    if (node?.test) reportTest(testRun, item, node.folder, node.test);
    item.children.forEach((child) => this.#reportItem(testRun, child));
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const testRun = this.#controller.createTestRun(request);
    try {
      if (!vscode.workspace.isTrusted)
        throw new Error('Tests do not run in a restricted workspace. Trust it first.');
      const chosen = this.#chosenNodes(request);
      const excluded = new Set(request.exclude?.map((item) => item.id));
      await Promise.all(
        selectTests(chosen, excluded).map((selection) => this.#runSelection(testRun, selection, token)),
      );
    } catch (error) {
      testRun.appendOutput(`${error instanceof Error ? error.message : String(error)}\r\n`);
      throw error;
    } finally {
      testRun.end();
    }
  }

  #chosenNodes(request: vscode.TestRunRequest): readonly TestNode[] {
    const items: vscode.TestItem[] = [...(request.include ?? [])];
    if (!request.include) this.#controller.items.forEach((item) => items.push(item));
    return items.flatMap((item) => this.#nodes.get(item.id) ?? []);
  }

  async #runSelection(
    testRun: vscode.TestRun,
    selection: TestSelection,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const started = await this.#host.server.request(runTests, selection);
    if ('refused' in started) throw new Error(started.refused);
    const { run } = started;
    const stopping = token.onCancellationRequested(() => {
      void this.#host.server.request(stopRun, { run }).catch(() => this.#awaited.get(run)?.finished());
    });
    await new Promise<void>((finished) => {
      this.#awaited.set(run, { testRun, finished });
      if (this.#host.views.state) this.#update(this.#host.views.state);
    });
    this.#awaited.delete(run);
    stopping.dispose();
    const end = this.#host.views.findRun(run);
    if (end && end.outcome !== 'landed')
      testRun.appendOutput(`${end.message.replaceAll(/\r?\n/g, '\r\n')}\r\n`);
  }
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
