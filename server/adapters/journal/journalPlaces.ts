import { constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder, openParent, openParentIfThere, readPlainFile, type ParentFolder } from '../noFollow.ts';
import type { UserStorage } from './userStorage.ts';

const ignoreFile =
  '# Written by Codegen Lab. Journals are private to this checkout.\n*\n!models.yaml\n!policy.yaml\n!artifacts/\n!cassettes/\n';

/** In the workspace folder. */
const workspacePath = '.codegen-lab/journal';

/** In a workspace's storage. */
const storagePath = 'journal';

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

/** A journal that was there when it was looked for. */
export interface JournalFile {
  readonly run: string;
  readonly folder: JournalFolder;
  /** Absolute. */
  readonly path: string;
}

interface JournalFolder {
  /** Absolute; below it no link is followed. */
  readonly within: string;
  /** Relative to that. */
  readonly path: string;
}

/** undefined: there is no journal of this run. */
export function findJournal(storage: UserStorage, root: string, run: string): JournalFile | undefined {
  const folder = folders(storage, root).find((each) => journalNames(each).includes(nameOf(run)));
  return folder && fileOf(folder, run);
}

/** Opens a journal to go on behind so many bytes; what stands behind them goes. Throws where a link lies on its way. */
export async function openJournalAt({ run, folder }: JournalFile, bytes: number): Promise<FileHandle> {
  const parent = openFolder(folder, run);
  try {
    const handle = await open(join(parent.location, parent.name), appendingFlags);
    try {
      await handle.truncate(bytes);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return handle;
  } finally {
    parent.close();
  }
}

/** Throws the system's error, or where a link lies on its way. */
export function deleteJournal({ run, folder }: JournalFile): void {
  const parent = openFolder(folder, run);
  try {
    rmSync(join(parent.location, parent.name));
  } finally {
    parent.close();
  }
}

const appendingFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW;

function openFolder({ within, path }: JournalFolder, run: string): ParentFolder {
  return openParent(within, `${path}/${nameOf(run)}`);
}

function fileOf(folder: JournalFolder, run: string): JournalFile {
  return { run, folder, path: join(folder.within, folder.path, nameOf(run)) };
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
export function listJournalFiles(storage: UserStorage, root: string): readonly JournalFile[] {
  return folders(storage, root)
    .flatMap((folder) =>
      journalNames(folder)
        .filter((name) => /^[a-z0-9]+\.jsonl$/u.test(name))
        .map((name) => fileOf(folder, name.slice(0, -6))),
    )
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
  return join(storage.workspace(root), storagePath);
}

function folders(storage: UserStorage, root: string): readonly JournalFolder[] {
  return [
    { within: root, path: workspacePath },
    { within: storage.workspace(root), path: storagePath },
  ];
}

/** Empty where there is no such folder, or a link in its place. */
function journalNames({ within, path }: JournalFolder): readonly string[] {
  let parent: ParentFolder | undefined;
  try {
    parent = openParentIfThere(within, `${path}/any`);
    return parent === undefined ? [] : namesIn(parent.location);
  } catch {
    // Whatever lies there, we did not write it.
    return [];
  } finally {
    parent?.close();
  }
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
