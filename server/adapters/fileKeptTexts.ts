import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptTexts } from '../engine/ports/keptTexts.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';

/** One file each, in the folder that the user's storage has for the workspace. */
export function createFileKeptTexts(storage: UserStorage): KeptTexts {
  return {
    async read(root, name) {
      try {
        return readFileSync(join(storage.workspace(root), name), 'utf8');
      } catch {
        // Not kept yet, or not readable: then it is measured anew.
        return undefined;
      }
    },
    async write(root, name, text) {
      try {
        await writeFileAtomic(join(storage.workspace(root), name), text);
      } catch {
        // A full or read-only disk: the next run compares with what was kept before.
      }
    },
  };
}
