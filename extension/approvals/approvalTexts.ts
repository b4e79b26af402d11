import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ApprovalView } from '../../server/protocol/approvals.ts';
import { readApproval } from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import type { ApprovalStore } from './approvalStore.ts';

const scheme = 'codegen-lab-approval';
const listTitle = 'What Changed in';

type Side = 'approved' | 'now';

interface Place {
  readonly folder: string;
  readonly ruleId: string;
  readonly side: Side;
}

/** Shows what was approved of rules beside what they say now, as the server knows it. */
export class ApprovalTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: ServerConnection;
  readonly #approvals: ApprovalStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerConnection, approvals: ApprovalStore) {
    this.#server = server;
    this.#approvals = approvals;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      approvals.onDidChange(() => {
        this.#refresh();
        void this.#closeAnswered();
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const { folder, ruleId, side } = JSON.parse(uri.query) as Place;
    return (await this.#server.request(readApproval, { folder, ruleId }, token))?.[side] ?? '';
  }

  /** One rule as a diff, several as one list of diffs. What was never approved is shown as it is. */
  async show(approvals: readonly ApprovalView[]): Promise<void> {
    const [only, ...others] = approvals;
    if (!only) return;
    this.#refresh();
    if (others.length > 0) {
      const title = `${listTitle} ${approvals.length} Approved Rules`;
      const rows = approvals.map((each) => [uriOf(each, 'now'), uriOf(each, 'approved'), uriOf(each, 'now')]);
      await vscode.commands.executeCommand('vscode.changes', title, rows);
      return;
    }
    const [before, after] = [uriOf(only, 'approved'), uriOf(only, 'now')];
    if (only.changed === undefined) {
      await vscode.window.showTextDocument(after, { preview: true });
      return;
    }
    await vscode.commands.executeCommand('vscode.diff', before, after, `${only.name} (approved ↔ now)`);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** A difference that was answered is none any more. */
  async #closeAnswered(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => this.#isAnswered(tab)));
  }

  #isAnswered({ input, label }: vscode.Tab): boolean {
    if (input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme) {
      const { folder, ruleId } = JSON.parse(input.modified.query) as Place;
      return this.#approvals.find(folder, ruleId)?.changed === undefined;
    }
    // The API has no class for a list of differences.
    const isList = input === undefined && label.startsWith(`${listTitle} `);
    return isList && this.#approvals.list.every(({ changed }) => changed === undefined);
  }

  #refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.#changed.fire(uri);
  }
}

/** The name ends in `.md`, so that it has colours, and is no rule file for anybody. */
function uriOf({ folder, ruleId, name }: ApprovalView, side: Side): vscode.Uri {
  const path = `/${basename(folder)}/${name.replaceAll(/[^\w.-]+/g, '-')}.md`;
  return vscode.Uri.from({ scheme, path, query: JSON.stringify({ folder, ruleId, side }) });
}
