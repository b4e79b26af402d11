import * as vscode from 'vscode';
import { switchRule as switchRuleRequest } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';
import { pickRule } from '../commands/pickRule.ts';

export interface SwitchedRule {
  readonly ruleId: string;
  readonly uri: string;
}

/** Switches a rule on or off: in its file, as one undo step that is saved; a rule of the library in the user's settings. */
export async function switchRule(
  host: Host,
  argument: SwitchedRule | undefined,
  enabled: boolean,
): Promise<void> {
  const placeHolder = enabled ? 'Enable which rule?' : 'Disable which rule?';
  const isNamed = typeof argument?.uri === 'string' && typeof argument.ruleId === 'string';
  const rule = isNamed
    ? argument
    : await pickRule(host, { placeHolder, matches: (each) => each.enabled !== enabled });
  if (!rule) return;
  if (rule.uri.startsWith(bundledPrefix)) return switchBundled(rule.uri.slice(bundledPrefix.length), enabled);
  const uri = vscode.Uri.parse(rule.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const wasDirty = document.isDirty;
  const answer = await host.server.request(switchRuleRequest, { uri: rule.uri, enabled });
  if ('refused' in answer) throw new Error(answer.refused);
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of answer.edits) {
    const { start, end } = range;
    edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the rule could not be changed.');
  // What its author has not saved yet is not ours to save.
  if (!wasDirty) await document.save();
}

const bundledPrefix = 'builtin:';

async function switchBundled(name: string, enabled: boolean): Promise<void> {
  const others = readBundled().filter((each) => each !== name);
  await useBundled(enabled ? [...others, name] : others);
}

/** The rules of the library that act everywhere, as the user's settings name them. */
export function readBundled(): readonly string[] {
  const settings = vscode.workspace.getConfiguration('codegenLab.rules');
  return settings.inspect<readonly string[]>('builtin')?.globalValue ?? [];
}

/** Lets exactly these act. */
export async function useBundled(names: readonly string[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('codegenLab.rules');
  const value = names.length === 0 ? undefined : names;
  await settings.update('builtin', value, vscode.ConfigurationTarget.Global);
}
