import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ApprovalView } from '../../server/protocol/approvals.ts';
import {
  contextOf,
  describeState,
  groupApprovals,
  waitsForAnswer,
  type ApprovalGroup,
} from '../approvals/groupApprovals.ts';
import type { Host } from '../commands/command.ts';
import { startWhenSeen } from './startWhenSeen.ts';

/** A group, a rule with what the commands about approvals take as their argument, or one thing that it may do. */
type Node = ApprovalGroup | ApprovalView | { readonly right: string };

/** Registers the view of what rules may do: those that wait for an answer first. */
export function createApprovalsTree({ approvals, server }: Host): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<Node>('codegenLab.approvals', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...childrenOf(node, approvals.list)],
      getTreeItem: (node) => itemOf(node),
    },
    showCollapseAll: true,
  });
  const show = (list: readonly ApprovalView[]): void => {
    // A run that waits is counted in the view of runs.
    const waiting = list.filter((each) => waitsForAnswer(each) && each.run === undefined).length;
    view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: `${waiting} to approve` };
    const isAny = list.some(({ state }) => state === 'allowed' || state === 'gone');
    void vscode.commands.executeCommand('setContext', 'codegenLab.hasApprovals', isAny);
    changed.fire(undefined);
  };
  return vscode.Disposable.from(
    view,
    changed,
    approvals.onDidChange(show),
    // How long ago something was approved is told anew.
    view.onDidChangeVisibility(({ visible }) => visible && changed.fire(undefined)),
    startWhenSeen(view, server),
  );
}

function childrenOf(node: Node | undefined, list: readonly ApprovalView[]): readonly Node[] {
  if (node === undefined) return groupApprovals(list);
  if ('approvals' in node) return node.approvals;
  return 'right' in node ? [] : node.may.map((right) => ({ right }));
}

function itemOf(node: Node): vscode.TreeItem {
  if ('approvals' in node) return groupItem(node);
  return 'right' in node ? rightItem(node.right) : approvalItem(node);
}

function groupItem({ id, label, isCollapsed, approvals }: ApprovalGroup): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, isCollapsed ? Collapsed : Expanded);
  item.id = id;
  item.description = String(approvals.length);
  item.contextValue = 'approvalGroup';
  return item;
}

function approvalItem(approval: ApprovalView): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(approval.name, approval.may.length === 0 ? None : Collapsed);
  const folder = (vscode.workspace.workspaceFolders ?? []).length > 1 ? basename(approval.folder) : '';
  const state = describeState(approval, Date.now());
  item.id = `${approval.folder}\n${approval.ruleId}`;
  item.description = [folder, state].filter(Boolean).join(' · ');
  item.tooltip = tooltipOf(approval);
  item.iconPath = iconOf(approval);
  item.contextValue = contextOf(approval);
  item.accessibilityInformation = {
    label: `${approval.name}, ${item.description}. It may ${approval.may.join('; ')}`,
  };
  return item;
}

function rightItem(right: string): vscode.TreeItem {
  const item = new vscode.TreeItem(right);
  const icon = right.startsWith('ask') ? 'hubot' : right.startsWith('run') ? 'terminal' : 'edit';
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = `It may ${right}.`;
  return item;
}

function tooltipOf({ ruleId, may, approvedAt }: ApprovalView): string {
  const when = approvedAt === undefined ? [] : [`Approved ${new Date(approvedAt).toLocaleString()}`];
  return [ruleId, ...may.map((right) => `It may ${right}.`), ...when].join('\n');
}

function iconOf(approval: ApprovalView): vscode.ThemeIcon {
  if (waitsForAnswer(approval))
    return new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('list.warningForeground'));
  switch (approval.state) {
    case 'allowed':
      return new vscode.ThemeIcon('verified', new vscode.ThemeColor('testing.iconPassed'));
    case 'gone':
      return new vscode.ThemeIcon('history');
    case 'denied':
      return new vscode.ThemeIcon('circle-slash');
    case 'asks':
      return new vscode.ThemeIcon('shield');
  }
}
