import * as vscode from 'vscode';
import type { LandParams, LandResult } from '../../server/protocol/proposals.ts';
import { computeMinimalEdit, isSameText, withLineEnds } from './minimalEdit.ts';
import type { OwnSaves } from './ownSaves.ts';

type LandingFile = LandParams['files'][number];

interface Target extends LandingFile {
  readonly resource: vscode.Uri;
  /** True if the person had unsaved changes in it before the landing. */
  readonly wasDirty: boolean;
}

/** Lands a proposal whole: one edit, one undo step, saved. When a file moved on, or something fails, nothing stays. */
export async function landEdits(params: LandParams, ownSaves: OwnSaves): Promise<LandResult> {
  const targets = params.files.map(targetOf);
  const outside = targets.find((target) => !isInWorkspace(target.resource));
  if (outside)
    return { kind: 'failed', message: `${outside.uri} is not in an open folder. Nothing was changed.` };
  try {
    const stale = await findStale(targets);
    if (stale.length > 0) return { kind: 'stale', uris: stale };
  } catch (error) {
    return {
      kind: 'failed',
      message: `The files could not be compared. Nothing was changed. ${reasonOf(error)}`,
    };
  }
  const uris = targets.map((target) => target.resource.toString());
  return ownSaves.during(uris, () => apply(targets, params.title));
}

function targetOf(file: LandingFile): Target {
  const resource = vscode.Uri.parse(file.uri, true);
  return { ...file, resource, wasDirty: findDocument(resource)?.isDirty ?? false };
}

function findDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isInWorkspace(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

async function findStale(targets: readonly Target[]): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const target of targets) {
    const text = await readCurrent(target.resource);
    const isFresh =
      text === undefined || target.before === undefined
        ? text === target.before
        : isSameText(text, target.before);
    if (!isFresh) stale.push(target.uri);
  }
  return stale;
}

/** Nothing is there, or a file stands where its folder would be. */
const absent = /^FileNotFound$|NotADirectory$/;

/**
 * The buffer if the file is open, else the disk; undefined if there is neither. A buffer without changes does not count
 * when its file is deleted: the editor keeps such buffers for minutes after the last tab is closed.
 */
async function readCurrent(uri: vscode.Uri): Promise<string | undefined> {
  const open = findDocument(uri);
  if (open?.isDirty) return open.getText();
  try {
    const onDisk = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return open ? open.getText() : onDisk;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && absent.test(error.code)) return undefined;
    throw error;
  }
}

async function apply(targets: readonly Target[], title: string): Promise<LandResult> {
  try {
    const edit = await buildEdit(targets, title);
    if (edit && !(await vscode.workspace.applyEdit(edit))) {
      await putBack(targets);
      return { kind: 'failed', message: `The editor could not write ${namesOf(targets)}. ${checkRights}` };
    }
    const unsaved = await saveAll(targets);
    if (unsaved.length === 0) return { kind: 'landed' };
    await putBack(targets);
    const names = namesOf(unsaved);
    return { kind: 'failed', message: `${names} could not be saved, so the edit was taken back.` };
  } catch (error) {
    await putBack(targets);
    return { kind: 'failed', message: `The edit could not be applied: ${reasonOf(error)}` };
  }
}

const checkRights = 'Nothing was changed. See whether the files may be written there.';

function namesOf(targets: readonly Target[]): string {
  return targets.map(({ resource }) => vscode.workspace.asRelativePath(resource)).join(', ');
}

/** undefined when there is nothing to change: the editor refuses an edit that changes nothing. */
async function buildEdit(
  targets: readonly Target[],
  title: string,
): Promise<vscode.WorkspaceEdit | undefined> {
  const edit = new vscode.WorkspaceEdit();
  const metadata = { label: title, needsConfirmation: false };
  let isEmpty = true;
  for (const { resource, before, after } of targets) {
    if (after !== undefined && before !== undefined) {
      const change = await computeChange(resource, after);
      if (!change) continue;
      edit.replace(resource, change.range, change.text, metadata);
    } else if (after === undefined) edit.deleteFile(resource, { ignoreIfNotExists: true }, metadata);
    else edit.createFile(resource, { contents: new TextEncoder().encode(after) }, metadata);
    isEmpty = false;
  }
  return isEmpty ? undefined : edit;
}

interface Change {
  readonly range: vscode.Range;
  readonly text: string;
}

async function computeChange(uri: vscode.Uri, after: string): Promise<Change | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const change = computeMinimalEdit(document.getText(), withLineEnds(after, lineEnd));
  if (!change) return undefined;
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  return { range, text: change.text };
}

/** An applied edit leaves buffers dirty and the disk old. */
async function saveAll(targets: readonly Target[]): Promise<readonly Target[]> {
  const unsaved: Target[] = [];
  for (const target of targets) {
    if (target.after === undefined) continue;
    const document = findDocument(target.resource);
    if (document?.isDirty && !(await document.save())) unsaved.push(target);
  }
  return unsaved;
}

/** Half a proposal must not stay: files get the text from before the landing, as far as they differ from it. */
async function putBack(targets: readonly Target[]): Promise<void> {
  const changed: Target[] = [];
  for (const target of targets) {
    const text = await readCurrent(target.resource);
    if (text === target.before) continue;
    const isUndone = text !== undefined && target.before !== undefined && isSameText(text, target.before);
    if (!isUndone) changed.push(target);
  }
  if (changed.length === 0) return;
  const inverse = changed.map((target) => invert(target));
  const edit = await buildEdit(inverse, 'Take back an edit that could not be saved');
  if (edit) await vscode.workspace.applyEdit(edit);
  // What the person had not saved before stays unsaved.
  await saveAll(inverse.filter((target) => !target.wasDirty));
}

function invert({ uri, resource, wasDirty, before, after }: Target): Target {
  return {
    uri,
    resource,
    wasDirty,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
