import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CachedCheck, CheckCache } from '../engine/ports/checkCache.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';

/** One JSON file per workspace in the user's storage. */
export function createFileCheckCache(storage: UserStorage, now: () => number = Date.now): CheckCache {
  const fileOf = (root: string): string => join(storage.workspace(root), 'checks.json');
  return {
    async load(root, key) {
      const kept = readKept(fileOf(root));
      const known = new Map<string, CachedCheck>();
      if (kept?.key !== fullKey(key)) return known;
      for (const [path, stamp, findings = []] of kept.checks)
        if (stampOf(root, path, now()) === stamp) known.set(path, { stamp, findings });
      return known;
    },
    stamp: (root, path) => stampOf(root, path, now()),
    async save(root, key, checks) {
      const kept: Kept = {
        key: fullKey(key),
        checks: [...checks].map(([path, { stamp, findings }]) =>
          findings.length === 0 ? [path, stamp] : [path, stamp, findings],
        ),
      };
      try {
        await writeFileAtomic(fileOf(root), JSON.stringify(kept));
      } catch {
        // A full or read-only disk: the next check takes longer, and finds the same.
      }
    },
  };
}

interface Kept {
  readonly key: string;
  readonly checks: readonly (readonly [path: string, stamp: string, findings?: CachedCheck['findings']])[];
}

/** undefined: there is none, or it is damaged. */
function readKept(path: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Only this program writes the file, and as a whole: its outline tells enough. */
function isKept(kept: unknown): kept is Kept {
  if (typeof kept !== 'object' || kept === null || !('key' in kept) || !('checks' in kept)) return false;
  return typeof kept.key === 'string' && Array.isArray(kept.checks) && kept.checks.every(Array.isArray);
}

/** Of systems that count in coarse steps: two writes in one of them look the same. */
const coarseMs = 2_000;

function stampOf(root: string, path: string, now: number): string | undefined {
  try {
    // Put together by hand: `join` costs as much as the look itself.
    const stats = lstatSync(`${root}/${path}`, plainLook);
    if (stats?.isFile() !== true) return undefined;
    const { mtimeMs, ctimeMs, size, ino } = stats;
    // The time of the last change of any kind cannot be set back.
    return Math.max(mtimeMs, ctimeMs) > now - coarseMs ? undefined : `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch {
    // Gone, or closed to us.
    return undefined;
  }
}

const plainLook = { throwIfNoEntry: false } as const;

let program: string | undefined;

/** Another build of this program may find otherwise: it is told by its own file. */
function fullKey(key: string): string {
  program ??= identify(fileURLToPath(import.meta.url));
  return `${program} ${key}`;
}

function identify(file: string): string {
  const { mtimeMs, size } = lstatSync(file);
  return `${mtimeMs} ${size}`;
}
