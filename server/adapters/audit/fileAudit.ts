import { existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLog } from '../../engine/ports/audit.ts';
import { auditVersion, type AuditEntry, type NewAuditEntry } from '../../protocol/audit.ts';
import type { UserStorage } from '../journal/userStorage.ts';
import { withLock } from '../lockFile.ts';
import { auditFolder, auditKey, listAuditFiles, nextAuditFile, readLines } from './auditFolder.ts';
import { firstSum, readAuditLine, renderAuditLine } from './auditFrame.ts';
import { readAudit } from './readAudit.ts';

export interface FileAuditOptions {
  readonly now: () => number;
  /** Name of the account. */
  readonly user: string;
  /** A file that is longer, in bytes, is followed by another. */
  readonly maxFileBytes?: number;
}

/**
 * The log of each workspace folder as JSON Lines in the user's storage. All processes of the user write to the same one, in
 * turns; what is asked for while the disk is busy becomes durable together.
 */
export function createFileAudit(storage: UserStorage, options: FileAuditOptions): AuditLog {
  const writers = new Map<string, Writer>();
  return {
    note(root, entry) {
      const writer = writers.get(root) ?? new Writer(storage, root, options);
      writers.set(root, writer);
      return writer.note(entry);
    },
    read: (root) => readAudit(storage, root),
  };
}

interface Waiting {
  readonly entry: NewAuditEntry & Pick<AuditEntry, 'at'>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const usualFileBytes = 8 * 1024 * 1024;

/** Of one folder. */
class Writer {
  readonly #storage: UserStorage;
  readonly #root: string;
  readonly #options: FileAuditOptions;
  #waiting: Waiting[] = [];
  #isFlushing = false;
  #key: Buffer | undefined;
  /** The file that was read last, up to `#bytes`; undefined: none. */
  #file: string | undefined;
  #bytes = 0;
  #sum = firstSum;
  #next = 0;

  constructor(storage: UserStorage, root: string, options: FileAuditOptions) {
    this.#storage = storage;
    this.#root = root;
    this.#options = options;
  }

  note(entry: NewAuditEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry: { ...entry, at: this.#options.now() }, resolve, reject });
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isFlushing = false;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const folder = auditFolder(this.#storage, this.#root);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#key ??= auditKey(this.#storage, this.#root);
    const key = this.#key;
    await withLock(join(folder, 'lock'), () => this.#append(key, folder, group));
  }

  async #append(key: Buffer, folder: string, group: readonly Waiting[]): Promise<void> {
    this.#readOn(key, folder);
    const { user, maxFileBytes = usualFileBytes } = this.#options;
    const isFull = this.#file === undefined || this.#bytes >= maxFileBytes;
    const file = isFull ? nextAuditFile(folder, this.#file) : (this.#file ?? '');
    const entries = group.map(({ entry }, index): AuditEntry => ({
      v: auditVersion,
      seq: this.#next + index,
      user,
      ...entry,
    }));
    const frame = renderAuditLine(
      key,
      this.#sum,
      entries.map((entry) => JSON.stringify(entry)),
    );
    const handle = await open(file, 'a', 0o600);
    try {
      await handle.appendFile(frame.line);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (isFull) await synchronizeFolder(folder);
    this.#bytes = (isFull ? 0 : this.#bytes) + Buffer.byteLength(frame.line);
    this.#file = file;
    this.#sum = frame.sum;
    this.#next += entries.length;
  }

  /** What other processes wrote meanwhile; what one of them did not finish is cut off, since it never counted. */
  #readOn(key: Buffer, folder: string): void {
    const files = listAuditFiles(folder);
    const last = files.at(-1);
    if (last === undefined || last !== this.#file || statSync(last).size < this.#bytes) {
      [this.#file, this.#bytes, this.#sum, this.#next] = [undefined, 0, firstSum, 0];
      for (const file of files) this.#readFile(key, file, 0);
    } else if (statSync(last).size > this.#bytes) this.#readFile(key, last, this.#bytes);
  }

  #readFile(key: Buffer, file: string, from: number): void {
    const { lines, rest } = readLines(file, from);
    for (const line of lines) {
      const read = readAuditLine(key, line);
      if (typeof read === 'string') continue;
      this.#sum = read.sum;
      this.#next = read.entries[0].seq + read.entries.length;
    }
    this.#file = file;
    this.#bytes = lines.reduce((sum, line) => sum + line.length + 1, from);
    if (rest > 0) truncateSync(file, this.#bytes);
  }
}

/** A file that was just made is found again after a power cut only if its folder was written too. */
async function synchronizeFolder(folder: string): Promise<void> {
  if (process.platform === 'win32' || !existsSync(folder)) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
