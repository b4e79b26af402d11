import * as vscode from 'vscode';
import { readCoverage } from '../../server/protocol/testRequests.ts';
import type { CoverageReport } from '../../server/protocol/testDisplay.ts';
import { countTests } from '../../server/protocol/tests.ts';
import type { ViewState } from '../../server/protocol/viewState.ts';
import type { FileStatus } from '../views/describeStatus.ts';
import type { Host } from '../commands/command.ts';

/** What tests say of the file that is looked at: of a test file its last results, of other code how much of it they run. */
export class FileInFront implements vscode.Disposable {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #reports = new Map<string, CoverageReport>();
  readonly #following: vscode.Disposable;

  constructor(host: Host) {
    this.#host = host;
    this.#following = vscode.Disposable.from(
      host.views.onDidChange((state) => void this.#read(state)),
      host.lastSource.onDidChange(() => this.#changed.fire()),
    );
  }

  readonly onDidChange = this.#changed.event;

  /** undefined: there is nothing to say. */
  status(): FileStatus | undefined {
    const { uri } = this.#host.lastSource;
    const root = uri && vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    if (!uri || root === undefined) return undefined;
    const path = vscode.workspace.asRelativePath(uri, false);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const tests = this.#host.views.state?.tests.find(
      (file) => file.folder === root && file.path === path,
    )?.tests;
    if (tests !== undefined) return { name, tests: countTests(tests) };
    const covered = this.#reports.get(root)?.files.find((file) => file.path === path);
    if (covered === undefined || covered.lines === 0) return undefined;
    return { name, percent: Math.floor((100 * covered.coveredLines) / covered.lines) };
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }

  async #read(state: ViewState | undefined): Promise<void> {
    for (const { folder, run } of state?.coverage ?? []) {
      if (this.#reports.get(folder)?.run === run) continue;
      const report = await this.#host.server.request(readCoverage, { folder }).catch(() => undefined);
      if (report === undefined) continue;
      this.#reports.set(folder, report);
      this.#changed.fire();
    }
  }
}
