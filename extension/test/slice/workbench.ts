import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The folder that this window has open, absolute. */
export const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.file(join(root, path));
}

/** undefined: no such file. */
export function readDisk(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export async function show(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uriOf(path), { preview: false });
}

/** Puts text at the top of a file, as typed. */
export async function insertAtTop(path: string, text: string): Promise<void> {
  const editor = await show(path);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
}

/** Replaces the first place that holds `search`. */
export async function replace(path: string, search: string, replacement: string): Promise<void> {
  const editor = await show(path);
  const { document } = editor;
  const start = document.getText().indexOf(search);
  if (start < 0) throw new Error(`${path} does not hold ${search}.`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + search.length));
  await editor.edit((edit) => edit.replace(range, replacement));
}

/** Saves the file in front as Ctrl+S does. */
export async function saveByHand(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
}

export function isDirty(path: string): boolean {
  return vscode.workspace.textDocuments.some(
    (document) => document.uri.fsPath === join(root, path) && document.isDirty,
  );
}

/** What stands over the lines of a file, in their order. */
export async function lensesOf(path: string): Promise<readonly string[]> {
  await vscode.workspace.openTextDocument(uriOf(path));
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uriOf(path),
    100,
  );
  return lenses.map((lens) => lens.command?.title ?? '');
}

/** What Codegen Lab reports in a file. */
export function problemsOf(path: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uriOf(path)).filter((problem) => problem.source === 'Codegen Lab');
}

/** A problem's code, with or without a link to its description. */
export function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** What the product wrote into its output channel so far. */
export function logText(): string {
  return vscode.workspace.textDocuments
    .filter((document) => document.uri.scheme === 'output' && /codegen/i.test(document.uri.path))
    .map((document) => document.getText())
    .join('\n');
}

/** Closes everything; what was not saved is lost. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.uri.scheme !== 'file' || !document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
