import * as vscode from 'vscode';
import type { RunView, TimelineEntry } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import type { ViewStore } from '../viewStore.ts';
import { describeRun } from './describeRun.ts';
import { renderDuration } from './render.ts';
import { startWhenSeen } from './startWhenSeen.ts';

/** `run` makes a node a fit argument for the commands about a run. */
type Node = { readonly run: string; readonly entry?: number };

const tones: Readonly<Record<TimelineEntry['tone'], readonly [icon: string, color: string | undefined]>> = {
  neutral: ['circle-small', undefined],
  good: ['pass', 'testing.iconPassed'],
  bad: ['error', 'testing.iconFailed'],
  waiting: ['bell-dot', 'list.warningForeground'],
};

const revealAttempts = 5;
const revealPauseMs = 200;

interface ShownTree {
  readonly view: vscode.TreeView<Node>;
  readonly tree: RunsTree;
  /** Runs whose timeline is open. */
  readonly open: Set<string>;
}

let shown: ShownTree | undefined;

/** Registers the view of runs, newest first, each with its timeline. */
export function createRunsTree({ views, server }: Host): vscode.Disposable {
  const tree = new RunsTree(views);
  const view = vscode.window.createTreeView('codegenLab.runs', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const open = new Set<string>();
  shown = { view, tree, open };
  const badge = views.onDidChange((state) => {
    const waiting = (state?.runs ?? []).filter((run) => run.waitingOn !== undefined).length;
    view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: `${waiting} waiting for you` };
  });
  return vscode.Disposable.from(
    view,
    badge,
    tree,
    view.onDidExpandElement(({ element }) => open.add(element.run)),
    view.onDidCollapseElement(({ element }) => open.delete(element.run)),
    startWhenSeen(view, server),
    new vscode.Disposable(() => (shown = undefined)),
  );
}

/** Selects a run in the view and opens its timeline. The editor opens nothing if the tree changes meanwhile. */
export async function revealRun(run: string): Promise<void> {
  for (let attempt = 0; attempt < revealAttempts; attempt += 1) {
    const node = shown?.tree.nodeOf(run);
    if (!node) return;
    await shown?.view.reveal(node, { expand: true, select: true });
    if (shown?.open.has(run)) return;
    await new Promise((resolve) => setTimeout(resolve, revealPauseMs));
  }
}

class RunsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #views: ViewStore;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;
  readonly #nodes = new Map<string, Node>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(views: ViewStore) {
    this.#views = views;
    this.#subscription = views.onDidChange(() => this.#changed.fire(undefined));
  }

  /** The same object each time: the editor knows nodes by identity. */
  nodeOf(run: string): Node | undefined {
    if (!this.#views.findRun(run)) return undefined;
    const known = this.#nodes.get(run);
    if (known) return known;
    const node = { run };
    this.#nodes.set(run, node);
    return node;
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    if (!node) return this.#views.runs.flatMap(({ run }) => this.nodeOf(run) ?? []);
    if (node.entry !== undefined) return [];
    const timeline = this.#views.findRun(node.run)?.timeline ?? [];
    return timeline.map((_entry, entry) => ({ run: node.run, entry }));
  }

  getParent(node: Node): Node | undefined {
    return node.entry === undefined ? undefined : this.nodeOf(node.run);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const run = this.#views.findRun(node.run);
    if (!run) return new vscode.TreeItem('A run that is not kept any more');
    const entry = node.entry === undefined ? undefined : run.timeline[node.entry];
    return entry ? entryItem(run, entry, node.entry ?? 0) : runItem(run);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function runItem(run: RunView): vscode.TreeItem {
  const { label, description, icon, color, contextValue, accessibilityLabel } = describeRun(run);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = run.run;
  item.description = description;
  item.tooltip = `${run.message}\n${new Date(run.startedAt).toLocaleString()}`;
  item.iconPath = themeIcon(icon, color);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: accessibilityLabel };
  return item;
}

function entryItem(run: RunView, entry: TimelineEntry, index: number): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.label);
  const [icon, color] = tones[entry.tone];
  item.id = `${run.run}#${index}`;
  const [firstLine = ''] = entry.detail.split('\n');
  item.description = [`+${renderDuration(entry.at - run.startedAt)}`, firstLine].filter(Boolean).join(' · ');
  item.tooltip = entry.detail || entry.label;
  item.iconPath = themeIcon(icon, color);
  item.accessibilityInformation = { label: `${entry.label}. ${entry.detail}` };
  return item;
}

function themeIcon(icon: string, color: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
