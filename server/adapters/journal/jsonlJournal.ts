import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunEvent } from '../../protocol/runEvents.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { JournalStore, JournalWriter, StoredJournal } from '../../engine/ports/journal.ts';
import { claimFile } from '../lockFile.ts';
import { readFrames } from './frame.ts';
import { findJournal, listJournals, openNewJournal, readJournal } from './journalPlaces.ts';
import { createJournalWriter } from './journalWriter.ts';
import { isAlive, thisProcess, type Owner } from './owner.ts';
import { pruneJournals } from './pruneJournals.ts';
import type { UserStorage } from './userStorage.ts';

/**
 * Journals as JSON Lines in `.codegen-lab/journal` of the workspace, or in the user's storage where the workspace cannot be
 * written; `warn` is told once per folder. Who owns a journal is kept in the user's storage.
 */
export function createJsonlJournal(
  storage: UserStorage,
  clock: Clock,
  warn: (message: string) => void = () => undefined,
): JournalStore {
  const warned = new Set<string>();
  const pruned = new Set<string>();
  return {
    async open(root, run) {
      const { path, handle, fallback } = await openNewJournal(storage, root, run);
      if (fallback !== undefined && !warned.has(root)) {
        warned.add(root);
        warn(
          `Journals of ${root} are kept in ${dirname(path)}, since the folder cannot be written: ${fallback}`,
        );
      }
      await claim(storage, root, run);
      // Once in a process is enough: it is bounded by what one process can write.
      if (!pruned.has(root))
        pruneJournals(storage, root, (each) => ownerOf(storage, root, each) !== undefined);
      pruned.add(root);
      return createJournalWriter({
        key: () => storage.journalKey(root),
        clock,
        run,
        handle,
        sum: run,
        next: 0,
        onClosed: () => release(storage, root, run),
      });
    },
    async resume(root, run) {
      const path = findJournal(storage, root, run);
      if (!path || !claimFile(ownerPath(storage, root, run))) return undefined;
      try {
        return await reopen({ storage, clock, root, run }, path);
      } catch (error) {
        await release(storage, root, run);
        throw error;
      }
    },
    recent: async (root, limit) =>
      listJournals(storage, root)
        .slice(0, limit)
        .map((run) => readStored(storage, root, run)),
  };
}

interface RunJournal {
  readonly storage: UserStorage;
  readonly clock: Clock;
  readonly root: string;
  readonly run: string;
}

/** Goes on with a journal that is claimed, behind its last whole frame. A foreign or empty one is let go. */
async function reopen(
  journal: RunJournal,
  path: string,
): Promise<{ readonly writer: JournalWriter; readonly events: readonly RunEvent[] } | undefined> {
  const { storage, clock, root, run } = journal;
  const key = storage.journalKey(root);
  const reading = readFrames(key, run, readJournal(path));
  if (reading.events.length === 0) {
    await release(storage, root, run);
    return undefined;
  }
  truncateSync(path, reading.bytes);
  const handle = await open(path, 'a', 0o600);
  const { sum, events } = reading;
  const onClosed = (): Promise<void> => release(storage, root, run);
  const next = events.length;
  return { writer: createJournalWriter({ key: () => key, clock, run, handle, sum, next, onClosed }), events };
}

function readStored(storage: UserStorage, root: string, run: string): StoredJournal {
  // Asked first: a process that ends its run meanwhile has written all that is read then.
  const owned = ownerOf(storage, root, run) !== undefined;
  const path = findJournal(storage, root, run);
  if (path === undefined) return { run, events: [], trusted: false, owned };
  const content = readJournal(path);
  const { events, bytes } = readFrames(storage.journalKey(root), run, content);
  const lostBytes = content.length - bytes;
  return { run, events, trusted: events.length > 0, owned, ...(lostBytes === 0 ? {} : { lostBytes }) };
}

/** The living process that writes to a journal, if there is one. */
function ownerOf(storage: UserStorage, root: string, run: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(ownerPath(storage, root, run), 'utf8')) as Owner;
    return isAlive(owner) ? owner : undefined;
  } catch {
    // No owner file, or one that was cut while its process died.
    return undefined;
  }
}

function claim(storage: UserStorage, root: string, run: string): Promise<void> {
  return writeFile(ownerPath(storage, root, run), JSON.stringify(thisProcess()), { mode: 0o600 });
}

function release(storage: UserStorage, root: string, run: string): Promise<void> {
  return rm(ownerPath(storage, root, run), { force: true });
}

function ownerPath(storage: UserStorage, root: string, run: string): string {
  return join(ownersFolder(storage, root), `${run}.json`);
}

function ownersFolder(storage: UserStorage, root: string): string {
  const folder = join(storage.workspace(root), 'owners');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
