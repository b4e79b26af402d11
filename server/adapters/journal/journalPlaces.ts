import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder, openParent, readPlainFile } from '../noFollow.ts';
import type { UserStorage } from './userStorage.ts';

const ignoreFile =
  '# Written by Codegen Lab. Journals are private to this checkout.\n*\n!models.yaml\n!policy.yaml\n!artifacts/\n!cassettes/\n';

/** In the workspace folder. */
const workspacePath = '.codegen-lab/journal';

/** Of what nobody vouches for. */
const maxBytes = 64 * 1024 * 1024;

/** Of a workspace's storage: how far each journal was acknowledged. */
export const headsFolder = 'heads';

export interface OpenedJournal {
  readonly path: string;
  readonly handle: FileHandle;
  /** Why it does not lie in the workspace; undefined if it does. */
  readonly fallback?: string;
}

/** Makes the file of a new run: in the workspace if that can be written, else in the user's storage. */
export async function openNewJournal(
  storage: UserStorage,
  root: string,
  run: string,
): Promise<OpenedJournal> {
  try {
    return await openInWorkspace(root, run);
  } catch (error) {
    if (isTaken(error, run)) throw error;
    // Read-only media, foreign ownership, a full disk: the run is still journalled, beside the user's other data.
    const folder = storageFolder(storage, root);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, nameOf(run));
    return { path, handle: await open(path, 'ax', 0o600), fallback: (error as Error).message };
  }
}

/** A link in a stranger's repository must not lead our writes elsewhere, whenever it is put there. */
async function openInWorkspace(root: string, run: string): Promise<OpenedJournal> {
  const folder = openParent(root, `${workspacePath}/${nameOf(run)}`, makeFolder);
  try {
    ignoreFolder(root);
    const handle = await open(join(folder.location, folder.name), 'ax', 0o600);
    return { path: join(workspaceFolder(root), folder.name), handle };
  } finally {
    folder.close();
  }
}

function ignoreFolder(root: string): void {
  const folder = openParent(root, '.codegen-lab/.gitignore', makeFolder);
  try {
    writeIfMissing(join(folder.location, folder.name), ignoreFile);
  } finally {
    folder.close();
  }
}

/** Ids are never given twice: whoever made this file did not mean well. */
function isTaken(error: unknown, run: string): boolean {
  const { code, path = '' } = error as NodeJS.ErrnoException;
  return code === 'EEXIST' && basename(path) === nameOf(run);
}

function nameOf(run: string): string {
  return `${run}.jsonl`;
}

/** undefined: there is no journal of this run. */
export function findJournal(storage: UserStorage, root: string, run: string): string | undefined {
  const folder = folders(storage, root).find((candidate) => namesIn(candidate).includes(nameOf(run)));
  return folder && join(folder, nameOf(run));
}

/**
 * undefined for what cannot be a journal: a link or a device in a stranger's repository must not be followed or waited for.
 *
 * @param known bytes that a process of this installation wrote, however many
 * @param space holds the content if it suffices
 */
export function readContent(path: string, known: number, space?: Buffer): Buffer | undefined {
  const read = readPlainFile(path, maxBytes + known, space);
  return read.kind === 'bytes' ? read.bytes : undefined;
}

/** Ids begin with the time, so reverse order is newest first. */
export function listJournalFiles(
  storage: UserStorage,
  root: string,
): readonly { readonly run: string; readonly path: string }[] {
  return folders(storage, root)
    .flatMap((folder) => namesIn(folder).map((name) => ({ name, path: join(folder, name) })))
    .filter(({ name }) => /^[a-z0-9]+\.jsonl$/u.test(name))
    .map(({ name, path }) => ({ run: name.slice(0, -6), path }))
    .sort((a, b) => (a.run < b.run ? 1 : a.run > b.run ? -1 : 0));
}

function writeIfMissing(path: string, text: string): void {
  if (existsSync(path)) return;
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function workspaceFolder(root: string): string {
  return join(root, workspacePath);
}

function storageFolder(storage: UserStorage, root: string): string {
  return join(storage.workspace(root), 'journal');
}

function folders(storage: UserStorage, root: string): readonly string[] {
  return [workspaceFolder(root), storageFolder(storage, root)];
}

/** Empty where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was written there yet.
    return [];
  }
}
