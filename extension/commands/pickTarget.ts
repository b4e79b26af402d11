import * as vscode from 'vscode';
import type { CommandArguments } from '../../server/protocol/commands.ts';
import { fileUri, folderUri } from '../folderUri.ts';
import type { Host } from './command.ts';
import { pickRule } from './pickRule.ts';

export interface RuleTarget {
  readonly ruleId: string;
  readonly uri: string;
}

const offeredFiles = 500;

/** The rule and the file that a command about both means; asks for what is missing. */
export async function pickTarget(
  host: Host,
  argument: CommandArguments['codegenLab.runRule'],
): Promise<RuleTarget | undefined> {
  const named = typeof argument?.ruleId === 'string' ? argument : undefined;
  const folder = named ? folderUri(named.folder) : undefined;
  const clicked = resourceOf(argument);
  const file =
    clicked ?? (named?.path === undefined ? await pickFile(host, folder) : fileUri(named.folder, named.path));
  if (!file) return undefined;
  if (named) return { ruleId: named.ruleId, uri: file.toString() };
  const root = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath;
  const rule = await pickRule(host, {
    placeHolder: `Run which rule on ${vscode.workspace.asRelativePath(file)}?`,
    matches: (candidate) => candidate.active && folderUri(candidate.folder).fsPath === root,
  });
  return rule && { ruleId: rule.ruleId, uri: file.toString() };
}

/** Menus of files hand over the file itself. */
export function resourceOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** The file last worked on if it lies in `folder`, else the person's choice. */
async function pickFile(host: Host, folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const last = host.lastSource.uri;
  const place = last && vscode.workspace.getWorkspaceFolder(last);
  if (last && place && (!folder || place.uri.toString() === folder.toString())) return last;
  const pattern = folder ? new vscode.RelativePattern(folder, '**/*') : '**/*';
  const files = await vscode.workspace.findFiles(
    pattern,
    '**/{node_modules,.git,.venv,dist}/**',
    offeredFiles,
  );
  const items = files
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'On which file?' }))?.uri;
}
