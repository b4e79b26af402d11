import * as vscode from 'vscode';
import type { Host } from '../commands/command.ts';
import { FileInFront } from '../testing/fileInFront.ts';
import { describeStatus, type StatusDescription } from './describeStatus.ts';

const linkedCommands = [
  'chooseModel',
  'doctor',
  'newRule',
  'restartServer',
  'setApiKey',
  'showLog',
  'showProposal',
  'showRuns',
  'stopAll',
  'tryRecordedDemo',
  'useOllama',
].map((name) => `codegenLab.${name}`);

/** The one status item: what goes on, what it cost, and the way to act on it. */
export function createStatusItem(host: Host): vscode.Disposable {
  const { views, server } = host;
  const inFront = new FileInFront(host);
  const item = vscode.window.createStatusBarItem('codegenLab.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Codegen Lab';
  const refresh = (): void => show(item, describeStatus(views.state, server.state, inFront.status()));
  refresh();
  item.show();
  return vscode.Disposable.from(
    item,
    inFront,
    inFront.onDidChange(refresh),
    views.onDidChange(refresh),
    server.onDidChangeState(refresh),
  );
}

function show(item: vscode.StatusBarItem, status: StatusDescription): void {
  item.text = status.text;
  item.command = status.command;
  item.accessibilityInformation = { label: status.accessibilityLabel, role: 'button' };
  item.backgroundColor =
    status.severity === 'usual'
      ? undefined
      : new vscode.ThemeColor(`statusBarItem.${status.severity}Background`);
  const tooltip = new vscode.MarkdownString(status.tooltip, true);
  tooltip.isTrusted = { enabledCommands: [...linkedCommands, 'workbench.trust.manage'] };
  item.tooltip = tooltip;
}
