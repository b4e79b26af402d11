import type * as vscode from 'vscode';
import { runTests, stopRun } from '../../server/protocol/requests.ts';
import { readCoverage } from '../../server/protocol/testRequests.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { addCoverage } from './coverageReport.ts';
import type { TestItems } from './testItems.ts';
import type { TestSelection } from './testSelection.ts';

export type RunMode = 'run' | 'debug' | 'coverage';

/** A run that a person started here and whose end is awaited. */
interface Awaited {
  readonly testRun: vscode.TestRun;
  readonly finished: () => void;
}

/** Carries out what the Test Explorer asks for, one selection after the other. */
export class TestRuns {
  readonly #host: Host;
  readonly #items: TestItems;
  readonly #awaited = new Map<string, Awaited>();
  /** What runs printed before it was known here that they are awaited. */
  readonly #early = new Map<string, string>();

  constructor(host: Host, items: TestItems) {
    this.#host = host;
    this.#items = items;
  }

  /** The run of the editor in which a run's results go; undefined: nobody here awaits it. */
  testRunOf(run: string): vscode.TestRun | undefined {
    return this.#awaited.get(run)?.testRun;
  }

  /** What the tests of a run print, as it comes. */
  showOutput(run: string, text: string): void {
    const lines = text.replaceAll(/\r?\n/g, '\r\n');
    const testRun = this.testRunOf(run);
    if (testRun) testRun.appendOutput(lines);
    else this.#early.set(run, `${this.#early.get(run) ?? ''}${lines}`.slice(-maxEarly));
  }

  /** Ends the waiting for runs that have finished; their results are shown before. */
  follow(runs: readonly RunView[]): void {
    for (const { run, phase } of runs) {
      if (phase !== 'finished') continue;
      this.#awaited.get(run)?.finished();
      this.#early.delete(run);
    }
  }

  /** Resolves to the end of the run; undefined: its view is gone. Rejects when it could not begin. */
  async carryOut(
    testRun: vscode.TestRun,
    selection: TestSelection,
    { mode, onBegun }: { readonly mode: RunMode; readonly onBegun: () => void },
  ): Promise<RunView | undefined> {
    const { server, views } = this.#host;
    const request = { ...selection, coverage: mode === 'coverage', debug: mode === 'debug' };
    const started = await server.request(runTests, request);
    if ('refused' in started) throw new Error(started.refused);
    const { run } = started;
    const stopping = testRun.token.onCancellationRequested(() => {
      void server.request(stopRun, { run }).catch(() => this.#awaited.get(run)?.finished());
    });
    await new Promise<void>((finished) => {
      this.#awaited.set(run, { testRun, finished });
      const early = this.#early.get(run);
      if (early !== undefined) testRun.appendOutput(early);
      onBegun();
      this.follow(views.runs);
    });
    if (mode === 'coverage') await this.#showCoverage(testRun, selection.folder, run);
    this.#awaited.delete(run);
    stopping.dispose();
    return views.findRun(run);
  }

  async #showCoverage(testRun: vscode.TestRun, folder: string, run: string): Promise<void> {
    const report = await this.#host.server.request(readCoverage, { folder });
    if (report?.run === run) addCoverage(testRun, folder, report, this.#items.tests(folder));
  }
}

const maxEarly = 100_000;
