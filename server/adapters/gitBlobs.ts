import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { callGit, type GitCall } from './runGit.ts';

/** Larger ones are no text that rules look at. */
const maxBytes = 1024 * 1024;
/** Bytes of blobs that one git prints. */
const maxBatch = 64 * 1024 * 1024;

/**
 * Texts of blobs by their ids, as they are kept: no filter is run on them. What is binary, larger than 1 MiB or not there
 * is left out. undefined: git failed.
 */
export async function readBlobs(
  call: GitCall,
  wanted: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const ids = [...new Set(wanted.filter((id) => id !== undefined))];
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const sizes = await callGit({ ...call, input: lines(ids) }, ['cat-file', '--batch-check']);
  if (sizes === undefined) return undefined;
  for (const batch of batchesOf(sizes.toString('utf8'))) {
    const printed = await callGit({ ...call, input: lines(batch) }, ['cat-file', '--batch']);
    if (printed === undefined) return undefined;
    readBatch(printed, texts);
  }
  return texts;
}

function lines(ids: readonly string[]): string {
  return `${ids.join('\n')}\n`;
}

/** Of lines `ID TYPE SIZE`: the blobs that are wanted, as many at once as may be printed at once. */
function batchesOf(sizes: string): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let left = 0;
  for (const line of sizes.split('\n')) {
    const [id = '', type, size = ''] = line.split(' ');
    const bytes = Number(size);
    if (type !== 'blob' || bytes > maxBytes) continue;
    if (bytes > left || batches.length === 0) {
      batches.push([]);
      left = maxBatch;
    }
    batches.at(-1)?.push(id);
    left -= bytes;
  }
  return batches;
}

/** `ID blob SIZE`, a line break, the bytes, a line break; and so on. */
function readBatch(printed: Buffer, texts: Map<string, string>): void {
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at);
    if (end < 0) return;
    const [id = '', , size = ''] = printed.toString('latin1', at, end).split(' ');
    const length = Number(size);
    if (!Number.isSafeInteger(length)) return;
    const bytes = printed.subarray(end + 1, end + 1 + length);
    if (isUtf8(bytes) && !bytes.includes(0)) texts.set(id, bytes.toString('utf8'));
    at = end + 1 + length + 1;
  }
}

/** Whether a file holds what a blob does; the line breaks of this system are none of its changes. */
export function isBlob(file: string, id: string): boolean {
  try {
    const stats = lstatSync(file);
    // What is larger is no text that rules look at; whether it changed is all the same.
    if (!stats.isFile() || stats.size > maxBytes) return true;
    const bytes = readFileSync(file);
    if (idOf(bytes, id.length) === id) return true;
    return bytes.includes('\r\n') && idOf(withoutReturns(bytes), id.length) === id;
  } catch {
    // Gone meanwhile, or closed to us: then there is nothing to check.
    return true;
  }
}

/** As git names a blob: by SHA-1, or in repositories that are so made by SHA-256. */
function idOf(bytes: Buffer, length: number): string {
  const hash = createHash(length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function withoutReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
