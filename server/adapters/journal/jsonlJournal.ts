import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunEvent } from '../../protocol/runEvents.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import {
  runSnapshotVersion,
  type JournalStore,
  type JournalWriter,
  type RecalledJournal,
  type RunSnapshot,
  type StoredJournal,
} from '../../engine/ports/journal.ts';
import { claimant, claimFile, releaseFile } from '../lockFile.ts';
import { chainStart } from './frame.ts';
import { HeadFile, readHead, readSnapshot } from './journalHead.ts';
import {
  findJournal,
  headsFolder,
  listJournalFiles,
  namesIn,
  openJournalAt,
  openNewJournal,
  readContent,
  type JournalFile,
  type OpenedJournal,
} from './journalPlaces.ts';
import { createJournalWriter } from './journalWriter.ts';
import { pruneJournals } from './pruneJournals.ts';
import { readJournal, type JournalReading } from './readJournal.ts';
import type { UserStorage } from './userStorage.ts';

/**
 * Journals as JSON Lines in `.codegen-lab/journal` of the workspace, or in the user's storage where the workspace cannot be
 * written. Who owns a journal and how far it was acknowledged is kept in the user's storage. `warn` is told once per folder
 * where journals go, and once per journal that it is damaged.
 */
export function createJsonlJournal(
  storage: UserStorage,
  clock: Clock,
  warn: (message: string) => void = () => undefined,
): JournalStore {
  const warned = new Set<string>();
  const warnOnce = (about: string, message: string): void => {
    if (!warned.has(about)) warn(message);
    warned.add(about);
  };
  const pruned = new Set<string>();
  const find = (place: JournalPlace): FoundJournal | undefined => {
    const { root, run } = place;
    const found = findStored(place);
    if (found?.reading.isDamaged === true)
      warnOnce(
        `${root}\n${run}`,
        `The journal of run ${run} of ${root} is damaged: of what it held, ${found.reading.count} steps are left. They are shown, and nothing is done by them.`,
      );
    return found;
  };
  const read = (root: string, run: string): FoundJournal | undefined => {
    const file = findJournal(storage, root, run);
    if (file === undefined) return undefined;
    const { path } = file;
    const head = headPath(storage, root, run);
    return find({ storage, root, run, path, head, key: storage.journalKey(root), mayBeOwned: true });
  };
  const list = <Result>(
    root: string,
    limit: number,
    use: (found: FoundJournal) => Result,
  ): readonly Result[] => {
    const files = listJournalFiles(storage, root).slice(0, limit);
    if (files.length === 0) return [];
    const key = storage.journalKey(root);
    // After the journals: what has none of them then was let go, or is not among them.
    const own = storage.workspace(root);
    const owned = new Set(namesIn(join(own, ownersFolder)));
    // Each journal is used before the next one is read.
    const space = Buffer.allocUnsafe(spaceBytes);
    return files.flatMap(({ run, path }) => {
      const mayBeOwned = owned.has(`${run}.json`);
      const head = join(own, headsFolder, `${run}.json`);
      const found = find({ storage, root, run, path, head, key, mayBeOwned, space });
      return found === undefined ? [] : [use(found)];
    });
  };
  return {
    async open(root, run) {
      // First, since a journal without an owner is that of a process that died.
      claim(storage, root, run);
      const { path, handle, fallback } = await openOrRelease(storage, root, run);
      if (fallback !== undefined)
        warnOnce(
          root,
          `Journals of ${root} are kept in ${dirname(path)}, since the folder cannot be written: ${fallback}`,
        );
      // Once in a process is enough: it is bounded by what one process can write.
      if (!pruned.has(root)) pruneJournals(storage, root, (each) => isOwned({ storage, root, run: each }));
      pruned.add(root);
      const place = { storage, clock, root, run };
      return createWriter(place, { handle, start: chainStart(run), content: Buffer.alloc(0) });
    },
    async resume(root, run) {
      const file = findJournal(storage, root, run);
      if (!file || !claim(storage, root, run)) return undefined;
      try {
        return await reopen({ storage, clock, root, run }, file);
      } catch (error) {
        await release(storage, root, run);
        throw error;
      }
    },
    recent: async (root, limit, only) => list(root, limit, (found) => toStored(found, only)),
    recall: async (root, limit) => list(root, limit, toRecalled),
    async read(root, run) {
      const found = read(root, run);
      return found && toStored(found);
    },
    async hasBegun(root, run) {
      if (readHead(headPath(storage, root, run), storage.journalKey(root), run) !== undefined) return true;
      return (read(root, run)?.reading.count ?? 0) > 0;
    },
  };
}

async function openOrRelease(storage: UserStorage, root: string, run: string): Promise<OpenedJournal> {
  try {
    return await openNewJournal(storage, root, run);
  } catch (error) {
    await release(storage, root, run);
    throw error;
  }
}

const ownersFolder = 'owners';

/** Enough for nearly every journal; larger ones are read into memory of their own. */
const spaceBytes = 1024 * 1024;

interface RunJournal {
  readonly storage: UserStorage;
  readonly root: string;
  readonly run: string;
}

function createWriter(
  { storage, clock, root, run }: RunJournal & { readonly clock: Clock },
  parts: Pick<Parameters<typeof createJournalWriter>[0], 'handle' | 'start' | 'content'>,
): JournalWriter {
  const key = (): Buffer => storage.journalKey(root);
  let file: HeadFile | undefined;
  const head = (): HeadFile => {
    if (file === undefined) ownFolder(storage, root, headsFolder);
    return (file ??= new HeadFile(headPath(storage, root, run), key(), run));
  };
  return createJournalWriter({
    key,
    clock,
    run,
    ...parts,
    head: {
      note: (end) => head().note(end),
      seal: (sealed, snapshot) => head().seal(sealed, snapshot),
      close: () => file?.close(),
    },
    onClosed: () => release(storage, root, run),
  });
}

/** Goes on with a journal that is claimed, behind its last whole frame. A foreign, damaged or empty one is let go. */
async function reopen(
  journal: RunJournal & { readonly clock: Clock },
  file: JournalFile,
): Promise<{ readonly writer: JournalWriter; readonly events: readonly RunEvent[] } | undefined> {
  const { storage, root, run } = journal;
  const key = storage.journalKey(root);
  const head = headPath(storage, root, run);
  const found = findStored({ ...journal, path: file.path, head, key, mayBeOwned: true });
  if (found === undefined || found.reading.count === 0 || found.reading.isDamaged) {
    await release(storage, root, run);
    return undefined;
  }
  const { reading, content } = found;
  const events = reading.events();
  const handle = await openJournalAt(file, reading.bytes);
  const whole = content.subarray(0, reading.bytes);
  return { writer: createWriter(journal, { handle, start: reading, content: whole }), events };
}

interface FoundJournal {
  readonly run: string;
  readonly owned: boolean;
  /** What the head tells that the run came to. */
  readonly snapshot: () => unknown;
  readonly content: Buffer;
  readonly reading: JournalReading;
}

interface JournalPlace extends RunJournal {
  readonly path: string;
  /** Path of its head. */
  readonly head: string;
  readonly key: Buffer;
  readonly mayBeOwned: boolean;
  /** Holds what is read, if it suffices, until it is used for the next one. */
  readonly space?: Buffer;
}

/** undefined: its process did not come to its first step. */
function findStored(place: JournalPlace): FoundJournal | undefined {
  const { run, path, key, mayBeOwned, space } = place;
  // Asked first: a process that ends its run meanwhile has written all that is read then.
  const owned = mayBeOwned && isOwned(place);
  // Before the journal, which then holds at least as much as its head says.
  const head = readHead(place.head, key, run);
  const readable = readContent(path, head?.bytes ?? 0, space);
  if (readable?.length === 0 && head === undefined) return undefined;
  const content = readable ?? Buffer.alloc(0);
  const snapshot = (): unknown => head && readSnapshot(place.head, key, run, head);
  return { run, owned, snapshot, content, reading: readJournal(key, run, content, head) };
}

function toStored(
  { run, owned, content, reading }: FoundJournal,
  only?: readonly RunEvent['type'][],
): StoredJournal {
  const lostBytes = content.length - reading.bytes;
  return {
    run,
    events: reading.events(only),
    trusted: reading.count > 0 && !reading.isDamaged,
    owned,
    ...(lostBytes === 0 ? {} : { lostBytes }),
    ...(reading.isDamaged && { damaged: true }),
  };
}

function toRecalled(found: FoundJournal): RecalledJournal {
  const snapshot = found.reading.isSealed ? snapshotOf(found) : undefined;
  if (snapshot === undefined) return toStored(found);
  return { run: found.run, events: [], trusted: true, owned: found.owned, snapshot };
}

/** What carries our digest is what we wrote; a version before or after this one may have meant something else. */
function snapshotOf(found: FoundJournal): RunSnapshot | undefined {
  const snapshot = found.snapshot() as RunSnapshot | undefined;
  return (snapshot?.v as number | undefined) === runSnapshotVersion ? snapshot : undefined;
}

/** Whether a living process writes to a journal. */
function isOwned({ storage, root, run }: RunJournal): boolean {
  return claimant(ownerPath(storage, root, run)) !== undefined;
}

/** Ids are given once, so nobody else has it. */
function claim(storage: UserStorage, root: string, run: string): boolean {
  ownFolder(storage, root, ownersFolder);
  return claimFile(ownerPath(storage, root, run));
}

async function release(storage: UserStorage, root: string, run: string): Promise<void> {
  releaseFile(ownerPath(storage, root, run));
}

function ownerPath(storage: UserStorage, root: string, run: string): string {
  return join(storage.workspace(root), ownersFolder, `${run}.json`);
}

function headPath(storage: UserStorage, root: string, run: string): string {
  return join(storage.workspace(root), headsFolder, `${run}.json`);
}

function ownFolder(storage: UserStorage, root: string, name: string): string {
  const folder = join(storage.workspace(root), name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
