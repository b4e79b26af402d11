import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CassetteStore } from '../../engine/ports/cassettes.ts';

const suffix = '.json';
const keyShape = /^[0-9a-f]{64}$/;
const maxBytes = 8 * 1024 * 1024;

/** Recordings as one file each in `folder`, which is made when the first one is written. */
export function createFileCassettes(folder: string): CassetteStore {
  return {
    read: (key) => readRecording(join(folder, fileName(key))),
    write: (key, text) => writeRecording(folder, fileName(key), text),
    list: () => listKeys(folder),
  };
}

/** A key becomes a file name, so anything but a digest is a bug. */
function fileName(key: string): string {
  if (!keyShape.test(key)) throw new TypeError('The key of a recording is a digest.');
  return key + suffix;
}

async function readRecording(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > maxBytes) throw new RangeError('The recording is too large.');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Written beside its place and renamed, so that a reader sees the old recording or the new one. */
async function writeRecording(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function listKeys(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .filter((key) => keyShape.test(key))
      .toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
