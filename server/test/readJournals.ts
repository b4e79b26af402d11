import { createJsonlJournal } from '../adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import { systemClock } from '../adapters/systemClock.ts';
import type { RunEvent } from '../protocol/runEvents.ts';

/**
 * The events of each run of a workspace folder, as far as its journal holds, oldest run first. `storage` is the folder that
 * the engine was given, whose key vouches for them.
 */
export async function readJournals(storage: string, root: string): Promise<readonly (readonly RunEvent[])[]> {
  const journal = createJsonlJournal(new UserStorage(storage), systemClock);
  const stored = await journal.recent(root, Number.MAX_SAFE_INTEGER);
  return stored.map(({ events }) => events).toReversed();
}
