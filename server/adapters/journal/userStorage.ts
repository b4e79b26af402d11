import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Folders of this user's storage, keyed by workspace; nothing of it lies in a workspace. Where it cannot be made, as in a
 * home that is read-only, it reads as empty: checks and explanations need nothing of it, and who writes is told.
 */
export class UserStorage {
  readonly #folder: string;
  #key: Buffer | undefined;
  /** By workspace folder. */
  readonly #journalKeys = new Map<string, Buffer>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `<storage>/<name>`, made if need be. */
  file(name: string): string {
    makeIfPossible(this.#folder);
    return join(this.#folder, name);
  }

  /** A folder that belongs to one workspace folder, however it is spelled. */
  workspace(root: string): string {
    const digest = createHash('sha256').update(canonical(root)).digest('hex').slice(0, 24);
    const folder = join(this.#folder, 'workspaces', digest);
    makeIfPossible(folder);
    return folder;
  }

  /**
   * The key of a workspace's journals in this installation: one that was copied from another workspace does not count.
   * Throws where it cannot be kept. The same object each time: every open journal holds on to it, and what is prepared with a
   * key is found by it.
   */
  journalKey(root: string): Buffer {
    this.#key ??= readOrCreateKey(this.#folder, this.file('journal.key'));
    const place = canonical(root);
    const known = this.#journalKeys.get(place);
    if (known) return known;
    const made = createHmac('sha256', this.#key).update(place).digest();
    this.#journalKeys.set(place, made);
    return made;
  }
}

function makeIfPossible(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // Reads find nothing there; a write fails, and whoever writes says so.
  }
}

function readOrCreateKey(folder: string, path: string): Buffer {
  try {
    // Two windows may start at once: the one that comes second reads what the first wrote.
    writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST')
      throw new Error(
        `The folder of your own data, ${folder}, cannot be written (${code}), and runs are kept there. Make it writable, or name another with CODEGEN_LAB_STORAGE.`,
        { cause: error },
      );
  }
  return Buffer.from(readFileSync(path, 'utf8'), 'hex');
}

function canonical(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}
