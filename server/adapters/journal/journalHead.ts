import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { chainDigest } from '../chainDigest.ts';
import type { ChainEnd } from './frame.ts';
import type { Seal } from './seal.ts';

/**
 * How far a journal was acknowledged, kept in the user's storage. A journal that is shorter, or is another up to there, was
 * damaged after it was written; one that is longer was written by a process that died before it could acknowledge the rest.
 *
 * It is the first line of its file. Behind it stands what the run came to, if its journal was closed: a line of its own, which is
 * larger, and is read and proven only for screens.
 */
export interface JournalHead extends ChainEnd {
  /** Over the bytes up to there; missing while a process writes, and where it was killed. */
  readonly seal?: Seal;
}

/** That of a journal that was closed. */
export type SealedHead = JournalHead & Required<Pick<JournalHead, 'seal'>>;

const macLength = 32;
/** Far more than a head takes. */
const headBytes = 4096;
const headSpace = Buffer.allocUnsafe(headBytes);

/** undefined: there is none, or it is not whole, or it is none of ours. */
export function readHead(path: string, key: Buffer, run: string): JournalHead | undefined {
  const text = readOrNothing(() => readStart(path));
  return text === undefined ? undefined : parseHead(text, key, run);
}

/** What the run came to, as the one who closed its journal gave it; undefined: the head tells of none, or it is not whole. */
export function readSnapshot(path: string, key: Buffer, run: string, head: JournalHead): unknown {
  const text = readOrNothing(() => readFileSync(path, 'utf8'));
  return text === undefined ? undefined : parseSnapshot(text, key, run, head);
}

/** undefined: it was torn while the machine died, or it is none of ours. */
export function parseHead(text: string, key: Buffer, run: string): JournalHead | undefined {
  const end = text.indexOf('\n');
  const json = text.slice(macLength, end);
  if (end < 0 || text.slice(0, macLength) !== macOf(key, run, json)) return undefined;
  // What carries our digest is what we wrote.
  return JSON.parse(json) as JournalHead;
}

/** undefined: there is none, it is not whole, or it belongs to another seal. */
export function parseSnapshot(text: string, key: Buffer, run: string, { seal }: JournalHead): unknown {
  const from = text.indexOf('\n') + 1;
  const end = text.indexOf('\n', from);
  const json = text.slice(from + macLength, end);
  if (seal === undefined || from === 0 || end < 0) return undefined;
  if (text.slice(from, from + macLength) !== snapshotMac(key, run, { seal, json })) return undefined;
  return JSON.parse(json);
}

/** As far as a head can reach. Versions before kept more in the same line, so one that goes on is read to its end. */
function readStart(path: string): string {
  const file = openSync(path, 'r');
  let length;
  try {
    length = readSync(file, headSpace, 0, headBytes, 0);
  } finally {
    closeSync(file);
  }
  const isCut = length === headBytes && !headSpace.includes(0x0a);
  return isCut ? readFileSync(path, 'utf8') : headSpace.toString('utf8', 0, length);
}

function readOrNothing(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The head of a journal that this process writes. */
export class HeadFile {
  readonly #path: string;
  readonly #key: Buffer;
  readonly #run: string;
  #file: number | undefined;

  constructor(path: string, key: Buffer, run: string) {
    this.#path = path;
    this.#key = key;
    this.#run = run;
  }

  /**
   * Notes how far the journal is durable. It outlives the process at once, and the machine as soon as the system writes it:
   * an older one is as right, and only finds fewer cuts. Throws when the disk refuses.
   */
  note({ bytes, sum, count }: ChainEnd): void {
    const line = this.#render({ bytes, sum, count });
    // Never shorter than the one before, since what it counts only grows.
    if (this.#file === undefined) this.#file = this.#replace(line);
    else writeWhole(this.#file, line);
  }

  /**
   * The journal is closed. Rejects when the disk refuses; then the last note holds.
   *
   * @param snapshot what the run came to, as JSON
   */
  async seal(head: SealedHead, snapshot?: string): Promise<void> {
    const file = await open(this.#temporary, 'w', 0o600);
    try {
      const { seal } = head;
      const line =
        snapshot === undefined
          ? ''
          : `${snapshotMac(this.#key, this.#run, { seal, json: snapshot })}${snapshot}\n`;
      await file.writeFile(this.#render(head) + line);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(this.#temporary, this.#path);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    try {
      rmSync(this.#temporary, { force: true });
    } catch {
      // The next one who writes a head of this run writes over it.
    }
  }

  /** As a whole, since that of an earlier process may stand there. */
  #replace(line: string): number {
    const file = openSync(this.#temporary, 'w', 0o600);
    try {
      writeWhole(file, line);
      renameSync(this.#temporary, this.#path);
      return file;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  get #temporary(): string {
    return `${this.#path}.new`;
  }

  #render(head: JournalHead): string {
    const json = JSON.stringify(head);
    return `${macOf(this.#key, this.#run, json)}${json}\n`;
  }
}

/** From the beginning. A full disk may take a part, and say so by the number alone. */
function writeWhole(file: number, line: string): void {
  if (writeSync(file, line, 0) < line.length)
    throw new Error('The disk took only a part of the head of a journal.');
}

/** The blank keeps it apart from the digests of lines. */
function macOf(key: Buffer, run: string, json: string): string {
  return chainDigest(key, `head of ${run}`, json);
}

/** Each seal has another tag, so what a run came to counts for nothing but the steps that it was made of. */
function snapshotMac(
  key: Buffer,
  run: string,
  { seal, json }: { readonly seal: Seal; readonly json: string },
): string {
  return chainDigest(key, `snapshot of ${run} ${seal.tag}`, json);
}
