import * as vscode from 'vscode';
import { listAllRules, type RuleSummary } from '../../server/protocol/requests.ts';
import type { Host } from './command.ts';
import { pickRule } from './pickRule.ts';

export interface NamedRule {
  readonly folder: string;
  readonly ruleId: string;
}

/** The rule that a command names, the one at the cursor of the rule file in front, or the person's choice. */
export async function pickRuleTarget(
  host: Host,
  argument: NamedRule | undefined,
  placeHolder: string,
): Promise<NamedRule | undefined> {
  const isNamed = typeof argument?.ruleId === 'string' && typeof argument.folder === 'string';
  if (isNamed) return argument;
  const inFront = await ruleInFront(host, argument);
  return inFront ?? pickRule(host, { placeHolder, matches: () => true });
}

/** A menu of the editor hands over its file. */
async function ruleInFront(host: Host, argument: unknown): Promise<RuleSummary | undefined> {
  const editor = vscode.window.activeTextEditor;
  const uri = argument instanceof vscode.Uri ? argument : editor?.document.uri;
  if (!uri) return undefined;
  const line = editor?.document.uri.toString() === uri.toString() ? editor.selection.active.line : 0;
  const rules = (await host.server.request(listAllRules, {})).filter(
    (rule) => vscode.Uri.parse(rule.uri).toString() === uri.toString(),
  );
  // Of the rules of a file the last one that begins above the cursor.
  return rules.toSorted((one, other) => one.line - other.line).findLast((rule) => rule.line <= line);
}
