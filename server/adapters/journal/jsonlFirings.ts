import {
  appendFileSync,
  closeSync,
  fdatasync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FiringLog, LeftFirings } from '../../engine/ports/firingLog.ts';
import { claimFile, releaseFile, withLock } from '../lockFile.ts';
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

/** The file of this process. A line outlives the process at once, and the machine as soon as it is synchronized. */
class OwnLog {
  readonly #path: string;
  readonly #waiting = new Set<string>();
  /** What is said here of firings that stand in other files must not be lost before those. */
  readonly #isNeeded: () => boolean;
  #file: number | undefined;
  #bytes = 0;
  /** Begins when the one before has ended; it takes with it what is written until then. */
  #next: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, isNeeded: () => boolean) {
    this.#path = path;
    this.#isNeeded = isNeeded;
  }

  /** Throws when the disk refuses. */
  write(line: FiringLine): Promise<void> {
    if ('add' in line) this.#waiting.add(line.add.run);
    if ('remove' in line) this.#waiting.delete(line.remove);
    const file = (this.#file ??= this.#open());
    // It begins with a line break, so that a line that a full disk cut does not swallow it.
    const text = `\n${JSON.stringify(line)}\n`;
    // Unlike `writeSync`, it writes all or throws.
    appendFileSync(file, text);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > maxIdleBytes && this.#isIdle()) {
      ftruncateSync(file);
      this.#bytes = 0;
    }
    this.#next ??= this.#synchronizeAfter(this.#last, file);
    return this.#next;
  }

  /** Resolves when all that was written is durable; rejects when the last of it is not. */
  async written(): Promise<void> {
    await this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    if (this.#isIdle()) rmSync(this.#path, { force: true });
    releaseFile(ownerOf(this.#path));
  }

  #isIdle(): boolean {
    return this.#waiting.size === 0 && !this.#isNeeded();
  }

  #synchronizeAfter(before: Promise<unknown>, file: number): Promise<void> {
    const work = (async () => {
      await before.catch(() => undefined);
      this.#next = undefined;
      await synchronize(file);
    })();
    this.#last = work;
    return work;
  }

  #open(): number {
    // First, since a file without an owner is anybody's.
    claimFile(ownerOf(this.#path));
    return openSync(this.#path, 'a', 0o600);
  }
}

const synchronize = promisify(fdatasync);

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
        releaseFile(ownerOf(path));
      }
    },
  };
}
