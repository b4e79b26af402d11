import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FiringLog, LeftFirings } from '../../engine/ports/firingLog.ts';
import { claimFile, withLock } from '../lockFile.ts';
import { foldFirings, type FiringLine } from './foldFirings.ts';
import type { UserStorage } from './userStorage.ts';

/** A log in which nothing waits is emptied when it is longer, in bytes. */
const maxIdleBytes = 64 * 1024;

/**
 * Waiting firings as JSON Lines, one file per process and workspace, in the user's storage. A file whose process died is
 * taken over by the next that opens the workspace.
 */
export function createJsonlFirings(storage: UserStorage, id: () => string): FiringLog {
  const logs = new Map<string, OwnLog>();
  /** Folders of which something is taken over and not let go. */
  const held = new Set<string>();
  const name = id();
  const folderOf = (root: string): string => {
    const folder = join(storage.workspace(root), 'queue');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  };
  let isClosed = false;
  const write = async (root: string, line: FiringLine): Promise<void> => {
    // The next process may have it already; what it finds there is enough.
    if (isClosed) return;
    const log = logs.get(root) ?? new OwnLog(join(folderOf(root), `${name}.jsonl`), () => held.has(root));
    logs.set(root, log);
    return log.write(line);
  };
  return {
    add: (root, firing) => write(root, { add: firing }),
    claim: (root, run) => write(root, { claim: run }),
    remove: (root, run) => write(root, { remove: run }),
    async takeOver(root) {
      held.add(root);
      const left = await takeOver(folderOf(root), `${name}.jsonl`);
      return {
        firings: left.firings,
        release: async () => {
          await logs.get(root)?.written();
          await left.release();
          held.delete(root);
        },
      };
    },
    async close() {
      isClosed = true;
      await Promise.all([...logs.values()].map((log) => log.close()));
      logs.clear();
    },
  };
}

/** The file of this process. What is written at the same time becomes durable at once. */
class OwnLog {
  readonly #path: string;
  readonly #waiting = new Set<string>();
  #handle: FileHandle | undefined;
  #bytes = 0;
  #lines: string[] = [];
  #flush: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** What is said here of firings that stand in other files must not be lost before those. */
  readonly #isNeeded: () => boolean;

  constructor(path: string, isNeeded: () => boolean) {
    this.#path = path;
    this.#isNeeded = isNeeded;
  }

  write(line: FiringLine): Promise<void> {
    if ('add' in line) this.#waiting.add(line.add.run);
    if ('remove' in line) this.#waiting.delete(line.remove);
    this.#lines.push(`${JSON.stringify(line)}\n`);
    this.#flush ??= this.#flushAfter(this.#last);
    return this.#flush;
  }

  /** Resolves when all that was written is durable; rejects when the last of it is not. */
  async written(): Promise<void> {
    await this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#handle?.close();
    this.#handle = undefined;
    if (this.#isIdle()) rmSync(this.#path, { force: true });
    rmSync(ownerOf(this.#path), { force: true });
  }

  #isIdle(): boolean {
    return this.#waiting.size === 0 && this.#lines.length === 0 && !this.#isNeeded();
  }

  #flushAfter(before: Promise<unknown>): Promise<void> {
    const flush = (async () => {
      await before.catch(() => undefined);
      this.#flush = undefined;
      const text = this.#lines.join('');
      this.#lines = [];
      const handle = (this.#handle ??= await this.#open());
      // A line that a full disk cut in the middle must not swallow the next.
      await handle.appendFile(this.#bytes > 0 ? `\n${text}` : text);
      this.#bytes += text.length + 1;
      if (this.#bytes > maxIdleBytes && this.#isIdle()) {
        await handle.truncate(0);
        this.#bytes = 0;
      }
      await handle.datasync();
    })();
    this.#last = flush;
    return flush;
  }

  async #open(): Promise<FileHandle> {
    // First, since a file without an owner is anybody's.
    claimFile(ownerOf(this.#path));
    return open(this.#path, 'a', 0o600);
  }
}

function ownerOf(path: string): string {
  return `${path}.owner`;
}

/** One process takes all that there is, so that what one file says of another's firings counts. */
async function takeOver(folder: string, own: string): Promise<LeftFirings> {
  const taken = await withLock(join(folder, 'lock'), () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl') && name !== own)
      .map((name) => join(folder, name))
      .filter((path) => claimFile(ownerOf(path))),
  );
  const firings = foldFirings(taken.map((path) => readFileSync(path, 'utf8')));
  return {
    firings,
    release: async () => {
      for (const path of taken) {
        rmSync(path, { force: true });
        rmSync(ownerOf(path), { force: true });
      }
    },
  };
}
