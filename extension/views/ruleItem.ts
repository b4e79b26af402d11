import * as vscode from 'vscode';
import type { RuleSummary } from '../../server/protocol/requests.ts';
import { kindName, type GroupedRule } from '../rules/groupRules.ts';

/** One rule in the view: its name, what it is for, and what is wrong with its file. */
export function ruleItem({ rule, detail }: GroupedRule): vscode.TreeItem {
  const item = new vscode.TreeItem(rule.name);
  const uri = vscode.Uri.parse(rule.uri);
  item.id = `${rule.folder}\n${rule.ruleId}`;
  // The editor colours what has problems by its file.
  item.resourceUri = uri;
  item.description = detail;
  item.tooltip = new vscode.MarkdownString(tooltipOf(rule));
  item.iconPath = new vscode.ThemeIcon(iconOf(rule));
  item.contextValue = contextOf(rule);
  item.command = { title: 'Show Rule', command: 'codegenLab.showRule', arguments: [rule] };
  item.accessibilityInformation = { label: `Rule ${rule.name}, ${detail}` };
  return item;
}

/** What `when` clauses of the menus read: `rule.fires.live.on` and its like. */
function contextOf(rule: RuleSummary): string {
  const state = rule.active ? (rule.fires ? 'fires' : 'guides') : 'inactive';
  const isOn = rule.place === 'library' ? rule.active : rule.enabled;
  return `rule.${state}.${rule.place}.${isOn ? 'on' : 'off'}`;
}

function iconOf(rule: RuleSummary): string {
  if (rule.place === 'draft') return 'edit';
  if (!rule.active) return rule.place === 'library' ? 'library' : 'circle-slash';
  return rule.fires ? 'zap' : 'book';
}

function tooltipOf(rule: RuleSummary): string {
  const { MarkdownString } = vscode;
  const text = (value: string): string => new MarkdownString().appendText(value).value;
  const state = rule.active
    ? `${kindName(rule)}${rule.fires ? ', acts by itself' : ', guides'}`
    : `Not active, because ${rule.inactiveReason ?? 'it is switched off'}`;
  return [`**${text(rule.name)}**`, text(rule.description), text(state)].filter(Boolean).join('\n\n');
}
