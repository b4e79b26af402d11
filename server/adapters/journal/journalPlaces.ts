import { existsSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readPlainFile } from '../noFollow.ts';
import type { UserStorage } from './userStorage.ts';

const ignoreFile =
  '# Written by Codegen Lab. Journals are private to this checkout.\n*\n!models.yaml\n!policy.yaml\n!artifacts/\n!cassettes/\n';

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
  const workspace = workspaceFolder(root);
  try {
    makeOwnFolder(join(root, '.codegen-lab'));
    makeOwnFolder(workspace);
    writeIfMissing(join(root, '.codegen-lab', '.gitignore'), ignoreFile);
    return await openIn(workspace, run);
  } catch (error) {
    if (isTaken(error, join(workspace, `${run}.jsonl`))) throw error;
    // Read-only media, foreign ownership, a full disk: the run is still journalled, beside the user's other data.
    const folder = storageFolder(storage, root);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { ...(await openIn(folder, run)), fallback: (error as Error).message };
  }
}

async function openIn(folder: string, run: string): Promise<OpenedJournal> {
  const path = join(folder, `${run}.jsonl`);
  return { path, handle: await open(path, 'ax', 0o600) };
}

/** Ids are never given twice: whoever made this file did not mean well. */
function isTaken(error: unknown, path: string): boolean {
  const { code, path: at } = error as NodeJS.ErrnoException;
  return code === 'EEXIST' && at === path;
}

/** undefined: there is no journal of this run. */
export function findJournal(storage: UserStorage, root: string, run: string): string | undefined {
  const folder = folders(storage, root).find((candidate) => namesIn(candidate).includes(`${run}.jsonl`));
  return folder && join(folder, `${run}.jsonl`);
}

/**
 * undefined for what cannot be a journal: a link or a device in a stranger's repository must not be followed or waited for.
 *
 * @param known bytes that a process of this installation wrote, however many
 */
export function readContent(path: string, known: number): Buffer | undefined {
  const read = readPlainFile(path, maxBytes + known);
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

/** A link in a stranger's repository must not lead our writes elsewhere. */
function makeOwnFolder(path: string): void {
  makeFolder(path);
  if (!lstatSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
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
  return join(root, '.codegen-lab', 'journal');
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
