import * as vscode from 'vscode';
import type { RuleSummary } from '../../server/protocol/requests.ts';
import { kindName, type GroupedRule } from '../rules/groupRules.ts';
import type { RuleLines } from '../rules/problemBadge.ts';
import { shownRuleUri } from '../rules/ruleDecorations.ts';

export interface ShownRule extends GroupedRule {
  /** Where it stands in its file. */
  readonly lines: RuleLines;
  /** Of several open folders that in which it lies. */
  readonly folder: string | undefined;
}

/** One rule in the view: its name, what it is for, and what is wrong with it. */
export function ruleItem({ rule, detail, lines, folder, change }: ShownRule): vscode.TreeItem {
  const item = new vscode.TreeItem(rule.name);
  item.id = `${rule.folder}\n${rule.ruleId}`;
  item.resourceUri = shownRuleUri(rule, lines);
  item.description = [folder, detail].filter(Boolean).join(' · ');
  item.tooltip = new vscode.MarkdownString(tooltipOf({ rule, detail, change }));
  item.iconPath = new vscode.ThemeIcon(iconOf(rule));
  item.contextValue = contextOf(rule);
  item.command = { title: 'Show Rule', command: 'codegenLab.showRule', arguments: [rule] };
  item.accessibilityInformation = { label: labelOf(rule, item.description) };
  return item;
}

/** What a screen reader says, where others see an icon. */
function labelOf(rule: RuleSummary, detail: string): string {
  const state = rule.place === 'draft' ? 'draft' : rule.active ? kindName(rule) : 'not active';
  return ['Rule', rule.name, rule.fires ? `${state}, acts by itself` : state, detail]
    .filter(Boolean)
    .join(', ');
}

/** What `when` clauses of the menus read: `rule.fires.live.on` and its like. */
function contextOf(rule: RuleSummary): string {
  const state = rule.active ? (rule.fires ? 'fires' : 'guides') : 'inactive';
  const isOn = rule.place === 'library' ? rule.active : rule.enabled;
  return `rule.${state}.${rule.place}.${isOn ? 'on' : 'off'}`;
}

const kindIcons: Readonly<Record<string, string>> = {
  always: 'globe',
  autoAttached: 'files',
  agentRequested: 'comment-discussion',
  manual: 'mention',
};

function iconOf(rule: RuleSummary): string {
  if (rule.place === 'draft') return 'edit';
  if (rule.abstract && rule.place === 'live') return 'symbol-interface';
  if (!rule.active) return rule.place === 'library' ? 'library' : 'circle-slash';
  return rule.fires ? 'zap' : (kindIcons[rule.kind] ?? 'book');
}

function tooltipOf({ rule, detail, change }: GroupedRule): string {
  const { MarkdownString } = vscode;
  const text = (value: string): string => new MarkdownString().appendText(value).value;
  const state = rule.active
    ? `${kindName(rule)}${rule.fires ? ', acts by itself' : ', guides'}`
    : `Not active, because ${rule.inactiveReason ?? 'it is switched off'}`;
  const isTold = [rule.description, rule.inactiveReason].some(
    (known) => known !== undefined && detail.includes(known),
  );
  return [
    `**${text(rule.name)}**`,
    text(rule.description),
    text(state),
    isTold ? '' : text(detail),
    change ?? '',
  ]
    .filter(Boolean)
    .join('\n\n');
}
