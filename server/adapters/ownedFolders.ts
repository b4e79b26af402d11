import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, thisProcess, type Owner } from './journal/owner.ts';

/** Folders that live no longer than the process that made them. */
export interface OwnedFolders {
  /** A new folder; `inner` below it is what may be handed out. */
  create(name: string): { readonly location: string; readonly inner: string };
  /** Deletes folders whose process is gone. Never rejects. */
  sweep(): Promise<void>;
}

const ownerFile = 'owner.json';

/** @param base is made if need be; private to the user. */
export function createOwnedFolders(base: string): OwnedFolders {
  return {
    create(name) {
      const location = join(
        base,
        `${name.replaceAll(/[^\w-]/gu, '_').slice(0, 60)}-${randomBytes(4).toString('hex')}`,
      );
      mkdirSync(location, { recursive: true, mode: 0o700 });
      writeFileSync(join(location, ownerFile), JSON.stringify(thisProcess()));
      const inner = join(location, 'tree');
      mkdirSync(inner, { mode: 0o755 });
      return { location, inner };
    },
    async sweep() {
      const stale = namesIn(base).filter((name) => !isOwned(join(base, name)));
      for (const name of stale) await removeQuietly(join(base, name));
    },
  };
}

/** Deletes a folder with all in it, links as links. Never throws: what is left is swept later. */
export async function removeQuietly(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // What a test made undeletable is the sweep's next time.
  }
}

/** The uid that runs what is confined when we are root. */
export const sandboxUser = 65534;

/** Hands a file or folder, not what lies in it, to the user that the sandbox runs as. */
export function handToSandbox(path: string): void {
  if (process.getuid?.() !== 0) return;
  chownSync(path, sandboxUser, sandboxUser);
  chmodSync(path, 0o755);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was ever made there.
    return [];
  }
}

function isOwned(folder: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(join(folder, ownerFile), 'utf8')) as Owner);
  } catch {
    // No owner can be read: left by a crash, or just being made by somebody.
    return Date.now() - (lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 60_000;
  }
}
