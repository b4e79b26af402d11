import { readFileSync } from 'node:fs';
import type { SpendingStore } from '../engine/ports/spending.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { withLock } from './lockFile.ts';

/** The book in one small file of the user's storage; a lock beside it keeps processes apart. */
export function createFileSpending(storage: UserStorage): SpendingStore {
  const path = storage.file('spending.json');
  return {
    read: async () => readText(path),
    change: (work) =>
      withLock(`${path}.lock`, async () => {
        const { text, result } = work(readText(path));
        await writeFileAtomic(path, text);
        return result;
      }),
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
