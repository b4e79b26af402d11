import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerStore } from '../engine/ports/answerStore.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly at: number;
}

/** Answers as files in the user's storage, named by their keys. */
export function createFileAnswers(storage: UserStorage): AnswerStore {
  const folder = storage.file('answers');
  let bytes: number | undefined;
  return {
    async read(key) {
      try {
        return isKey(key) ? readFileSync(join(folder, `${key}.json`), 'utf8') : undefined;
      } catch {
        // Not kept, or not readable: then the model is asked.
        return undefined;
      }
    },
    async write(key, text, maxBytes) {
      const size = Buffer.byteLength(text);
      if (!isKey(key) || size > maxBytes) return;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        await writeFileAtomic(join(folder, `${key}.json`), text);
        bytes = (bytes ?? sumOf(list(folder)) - size) + size;
        if (bytes > maxBytes) bytes = dropOldest(folder, maxBytes);
      } catch {
        // An answer that is not kept is asked for again.
      }
    },
  };
}

function isKey(key: string): boolean {
  return /^[0-9a-f]{64}$/.test(key);
}

/** A tenth more than is needed goes, so that not each write looks through the folder. Returns what is left, in bytes. */
function dropOldest(folder: string, maxBytes: number): number {
  const kept = list(folder).toSorted((left, right) => left.at - right.at);
  let left = sumOf(kept);
  for (const { path, bytes } of kept) {
    if (left <= maxBytes * 0.9) break;
    rmSync(path, { force: true });
    left -= bytes;
  }
  return left;
}

function list(folder: string): readonly Kept[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat ? [{ path, bytes: stat.size, at: stat.mtimeMs }] : [];
    });
}

function sumOf(kept: readonly Kept[]): number {
  return kept.reduce((sum, { bytes }) => sum + bytes, 0);
}
