import { existsSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLog } from '../../engine/ports/audit.ts';
import { auditVersion, type AuditEntry, type NewAuditEntry } from '../../protocol/audit.ts';
import type { UserStorage } from '../journal/userStorage.ts';
import { withLock } from '../lockFile.ts';
import { auditFolder, auditKey, listAuditFiles, nextAuditFile, readLines } from './auditFolder.ts';
import { firstSum, readAuditLine, renderAuditLine, type AuditLine } from './auditFrame.ts';
import { readAudit } from './readAudit.ts';

export interface FileAuditOptions {
  readonly now: () => number;
  /** Name of the account. */
  readonly user: string;
  /** A file that is longer, in bytes, is followed by another. */
  readonly maxFileBytes?: number;
  /** Where there would be more files, the oldest go, and a line says so. */
  readonly maxFiles?: number;
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

/** All files of a folder's log together have 64 MB, which is about 200,000 entries. */
const usualFileBytes = 4 * 1024 * 1024;
const usualFiles = 16;

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
    const dropped = isFull ? this.#chooseDropped(key, folder) : undefined;
    const news = [...(dropped?.told ?? []), ...group.map(({ entry }) => entry)];
    const entries = news.map((entry, index): AuditEntry => ({
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
    // What vouches for their absence is durable now. One that stays by chance goes with the next.
    for (const old of dropped?.files ?? []) rmSync(old, { force: true });
  }

  /** The oldest files that are too many, with the entry that says so; undefined: none is. */
  #chooseDropped(
    key: Buffer,
    folder: string,
  ): { readonly files: readonly string[]; readonly told: readonly Waiting['entry'][] } | undefined {
    const { now, maxFiles = usualFiles } = this.#options;
    const all = listAuditFiles(folder);
    const files = all.slice(0, Math.max(0, all.length + 1 - maxFiles));
    if (files.length === 0) return undefined;
    const first = firstWhole(key, all.slice(files.length));
    if (first === undefined) return undefined;
    const entries = [0, first.entries[0].seq - 1] as const;
    const right = { kind: 'forget', entries, sum: first.after } as const;
    const by = { kind: 'program', detail: `the log is bounded to ${maxFiles} files` } as const;
    return { files, told: [{ who: { kind: 'program' }, right, decision: 'noted', by, at: now() }] };
  }

  /** What other processes wrote meanwhile; what one of them did not finish is cut off, since it never counted. */
  #readOn(key: Buffer, folder: string): void {
    const files = listAuditFiles(folder);
    const last = files.at(-1);
    if (last === undefined || last !== this.#file || statSync(last).size < this.#bytes) {
      [this.#file, this.#bytes, this.#sum, this.#next] = [undefined, 0, firstSum, 0];
      // The last line that is whole says all; files before are looked at only where the last one holds none.
      const from = files.findLastIndex((file) => firstWhole(key, [file]) !== undefined);
      for (const file of files.slice(Math.max(0, from))) this.#readFile(key, file, 0);
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

/** The first line of these files that can be vouched for. */
function firstWhole(key: Buffer, files: readonly string[]): AuditLine | undefined {
  for (const file of files)
    for (const line of readLines(file).lines) {
      const read = readAuditLine(key, line);
      if (typeof read !== 'string') return read;
    }
  return undefined;
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
