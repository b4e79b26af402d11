import { join } from 'node:path';
import type { Edits } from '../engine/ports/edits.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { withLock } from './lockFile.ts';

/**
 * Edits of which one lands at a time in a folder, whatever process it is of: else two could look at the same text, and the
 * second would write over what the first has just landed.
 */
export function landInTurn(edits: Edits, storage: UserStorage): Edits {
  return {
    ...edits,
    async land(landing, signal) {
      try {
        return await withLock(join(storage.workspace(landing.root), 'landing.lock'), () =>
          edits.land(landing, signal),
        );
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'failed', message: `Nothing was written: ${reason}` };
      }
    },
  };
}
