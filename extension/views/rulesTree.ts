import * as vscode from 'vscode';
import { explainRules, listAllRules, type RuleSummary } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';
import { folderUri } from '../folderUri.ts';
import {
  groupByFile,
  groupByFolder,
  groupByKind,
  type GroupedRule,
  type RuleGroup,
} from '../rules/groupRules.ts';
import { readGrouping } from '../rules/grouping.ts';
import { linesOfRule } from '../rules/problemBadge.ts';
import { isRuleFile, RuleDecorations } from '../rules/ruleDecorations.ts';
import { ruleDrag } from './ruleDrag.ts';
import { ruleItem, type ShownRule } from './ruleItem.ts';
import { startWhenSeen } from './startWhenSeen.ts';

const quietMs = 300;

/** Registers the view of the rules: by kind, by folder, or by what applies to the file in front. */
export function createRulesTree(host: Host): vscode.Disposable {
  const tree = new RulesTree(host);
  const view = vscode.window.createTreeView<Node>('codegenLab.rules', {
    treeDataProvider: tree,
    dragAndDropController: ruleDrag((node) => ('rules' in node ? undefined : node.uri)),
    canSelectMany: true,
    showCollapseAll: true,
  });
  tree.onDidCount = (errors) => {
    const tooltip = `${errors} ${errors === 1 ? 'rule has' : 'rules have'} an error`;
    view.badge = errors === 0 ? undefined : { value: errors, tooltip };
  };
  return vscode.Disposable.from(
    view,
    tree,
    new RuleDecorations(),
    view.onDidChangeVisibility(({ visible }) => visible && tree.refresh()),
    startWhenSeen(view, host.server),
  );
}

/** A group, or a rule with what the commands about rules take as their argument. */
type Node = RuleGroup | RuleNode;
type RuleNode = RuleSummary & { readonly shown: ShownRule };

class RulesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #rules: readonly RuleSummary[] = [];
  readonly onDidChangeTreeData = this.#changed.event;
  /** Told how many rules have an error whenever that may have changed. */
  onDidCount: (errors: number) => void = () => undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = vscode.Disposable.from(
      host.views.onDidChange(() => this.refresh()),
      host.server.onDidChangeState(() => this.refresh()),
      host.grouping.onDidChange(() => this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => {
        if (readGrouping(host.context) === 'file') this.refresh();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isRuleFile)) this.#count();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('codegenLab.rules')) this.refresh();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (isRuleFile(uri)) this.refresh();
      }),
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
    if (node) return 'rules' in node ? node.rules.map((grouped) => this.#show(grouped)) : [];
    this.#rules = await this.#list();
    this.#count();
    return [...(await this.#group(this.#rules))];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'rules' in node ? groupItem(node) : ruleItem(node.shown);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #show(grouped: GroupedRule): RuleNode {
    const { rule } = grouped;
    const isOneOfMany =
      (vscode.workspace.workspaceFolders ?? []).length > 1 &&
      rule.place !== 'library' &&
      readGrouping(this.#host.context) === 'kind';
    const folder = isOneOfMany
      ? vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(rule.uri))?.name
      : undefined;
    return { ...rule, shown: { ...grouped, folder, lines: linesOfRule(rule, this.#rules) } };
  }

  #count(): void {
    this.onDidCount(new Set(this.#rules.filter(hasError).map(({ uri }) => uri)).size);
  }

  /** Without a server there is nothing to show; the status item says why. */
  async #list(): Promise<readonly RuleSummary[]> {
    const { server, output } = this.#host;
    if (server.state === 'unresponsive') return this.#rules;
    if (server.state !== 'running') return [];
    try {
      return unique(await server.request(listAllRules, {}));
    } catch (error) {
      output.error(`The rules cannot be listed: ${String(error)}`);
      return [];
    }
  }

  async #group(rules: readonly RuleSummary[]): Promise<readonly RuleGroup[]> {
    const { context, server, lastSource } = this.#host;
    // With rules of the library alone, which nobody switched on, the view's own words of welcome say more.
    if (rules.every(({ place, active }) => place === 'library' && !active)) return [];
    switch (readGrouping(context)) {
      case 'kind':
        return groupByKind(rules);
      case 'folder':
        return groupByFolder(rules, folderOf);
      case 'file': {
        const uri = lastSource.uri;
        if (!uri) return groupByKind(rules);
        const explained = await server.request(explainRules, { uri: uri.toString() });
        const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
        const own = rules.filter(
          ({ folder, place }) => place === 'library' || folderUri(folder).fsPath === root,
        );
        return groupByFile(own, explained, uri.path.slice(uri.path.lastIndexOf('/') + 1));
      }
    }
  }
}

/** The library is in every folder; once is enough. */
function unique(rules: readonly RuleSummary[]): readonly RuleSummary[] {
  const seen = new Set<string>();
  return rules.filter(({ uri, ruleId, place }) => {
    const key = `${uri}\n${ruleId}`;
    if (place === 'library' && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function hasError({ uri }: RuleSummary): boolean {
  return vscode.languages
    .getDiagnostics(vscode.Uri.parse(uri))
    .some(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
}

/** At the top of a folder: that folder's name. */
function folderOf({ uri }: RuleSummary): string {
  const folder = vscode.Uri.joinPath(vscode.Uri.parse(uri), '..');
  const top = vscode.workspace.workspaceFolders?.find((each) => each.uri.path === folder.path);
  return top?.name ?? vscode.workspace.asRelativePath(folder);
}

function groupItem(group: RuleGroup): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(group.label, group.isCollapsed ? Collapsed : Expanded);
  item.id = group.id;
  item.description = String(group.rules.length);
  item.contextValue = 'ruleGroup';
  const count = group.rules.length;
  item.accessibilityInformation = { label: `${group.label}, ${count} ${count === 1 ? 'rule' : 'rules'}` };
  return item;
}
