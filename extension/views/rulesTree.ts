import * as vscode from 'vscode';
import { listRules, type RuleSummary } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';
import { folderUri } from '../folderUri.ts';
import { startWhenSeen } from './startWhenSeen.ts';

/** A rule is its own node: it has what the commands about rules take as their argument. */
type Node = RuleSummary | { readonly folder: string; readonly rules: readonly RuleSummary[] };

const quietMs = 300;

/** Cursor's names. */
const kinds: Readonly<Record<string, string>> = {
  always: 'Always',
  autoAttached: 'Auto Attached',
  agentRequested: 'Agent Requested',
  manual: 'Manual',
};

/** Registers the view of the rules, by folder when several are open. */
export function createRulesTree(host: Host): vscode.Disposable {
  const tree = new RulesTree(host);
  const view = vscode.window.createTreeView('codegenLab.rules', { treeDataProvider: tree });
  return vscode.Disposable.from(
    view,
    tree,
    view.onDidChangeVisibility(({ visible }) => visible && tree.refresh()),
    startWhenSeen(view, host.server),
  );
}

class RulesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = vscode.Disposable.from(
      host.views.onDidChange(() => this.refresh()),
      host.server.onDidChangeState(() => this.refresh()),
    );
  }

  /** Many states may come in a row; the editor asks for rules once, and only while the view is seen. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire(undefined);
    }, quietMs);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return 'rules' in node ? [...node.rules] : [];
    const rules = await this.#list();
    const folders = [...new Set(rules.map((rule) => rule.folder))];
    if (folders.length < 2) return sorted(rules);
    return folders.map((folder) => ({
      folder,
      rules: sorted(rules.filter((rule) => rule.folder === folder)),
    }));
  }

  /** Without a server there is nothing to show; the status item says why. */
  async #list(): Promise<readonly RuleSummary[]> {
    const { server, output } = this.#host;
    if (server.state !== 'running') return [];
    try {
      return await server.request(listRules, {});
    } catch (error) {
      output.error(`The rules cannot be listed: ${String(error)}`);
      return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'rules' in node ? folderItem(node.folder) : ruleItem(node);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

function sorted(rules: readonly RuleSummary[]): RuleSummary[] {
  return rules.toSorted((one, other) => one.name.localeCompare(other.name));
}

function folderItem(folder: string): vscode.TreeItem {
  const uri = folderUri(folder);
  const name = vscode.workspace.getWorkspaceFolder(uri)?.name ?? uri.fsPath;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = vscode.ThemeIcon.Folder;
  return item;
}

function ruleItem(rule: RuleSummary): vscode.TreeItem {
  const item = new vscode.TreeItem(rule.name);
  item.id = `${rule.folder}\n${rule.ruleId}`;
  item.description = [kindOf(rule), rule.description].filter(Boolean).join(' · ');
  item.tooltip = rule.description || rule.ruleId;
  item.iconPath = new vscode.ThemeIcon(rule.active ? (rule.fires ? 'zap' : 'book') : 'circle-slash');
  item.contextValue = rule.active ? (rule.fires ? 'rule.fires' : 'rule.guides') : 'rule.inactive';
  item.command = { title: 'Show Rule', command: 'codegenLab.showRule', arguments: [rule] };
  item.accessibilityInformation = { label: `Rule ${rule.name}, ${kindOf(rule)}` };
  return item;
}

export function kindOf(rule: RuleSummary): string {
  return rule.active ? (kinds[rule.kind] ?? rule.kind) : 'not active';
}
