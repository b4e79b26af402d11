import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deleteJournal, headsFolder, listJournalFiles, namesIn } from './journalPlaces.ts';
import type { UserStorage } from './userStorage.ts';

export interface Retention {
  /** Of a folder, the newest ones. */
  readonly runs: number;
  /** All journals of a folder together. */
  readonly bytes: number;
}

/** Enough for months of work; what is older cannot be undone any more. */
const usualRetention: Retention = { runs: 2_000, bytes: 256 * 1024 * 1024 };

/** Of so many newest runs the journals stay, however large they are. */
const alwaysKept = 50;

/**
 * Deletes the oldest journals of a folder beyond what is kept, and with them the texts that runs could be undone from. Those
 * that a living process writes to stay. What cannot be deleted stays too.
 */
export function pruneJournals(
  storage: UserStorage,
  root: string,
  isOwned: (run: string) => boolean,
  { runs, bytes }: Retention = usualRetention,
): void {
  let total = 0;
  for (const [index, file] of listJournalFiles(storage, root).entries()) {
    const { run } = file;
    const found = lstatSync(file.path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) continue;
    total += found.size;
    if (index < Math.min(alwaysKept, runs) || (index < runs && total <= bytes) || isOwned(run)) continue;
    deleteIfPossible(() => deleteJournal(file));
  }
  pruneHeads(storage, root, isOwned);
}

/** Of journals that are gone, whoever deleted them. */
function pruneHeads(storage: UserStorage, root: string, isOwned: (run: string) => boolean): void {
  const folder = join(storage.workspace(root), headsFolder);
  const left = new Set(listJournalFiles(storage, root).map(({ run }) => run));
  for (const name of namesIn(folder)) {
    const [run = ''] = name.split('.');
    if (!left.has(run) && !isOwned(run)) deleteIfPossible(() => rmSync(join(folder, name), { force: true }));
  }
}

/** What is of another user, or on a medium that cannot be written, is none of ours to clean. */
function deleteIfPossible(work: () => void): void {
  try {
    work();
  } catch {
    // It stays, and is tried again by the next process.
  }
}
