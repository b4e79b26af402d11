import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UserStorage } from '../journal/userStorage.ts';

/** Where the log of a workspace folder lies: in the user's storage, never in the workspace. */
export function auditFolder(storage: UserStorage, root: string): string {
  return join(storage.workspace(root), 'audit');
}

/** Another one than that of journals, so that no line of one can stand in the other. Throws where it cannot be kept. */
export function auditKey(storage: UserStorage, root: string): Buffer {
  return createHmac('sha256', storage.journalKey(root)).update('audit').digest();
}

/** Files of the log, absolute, oldest first. */
export function listAuditFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{6}\.jsonl$/u.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The file that follows this one; undefined: the first of all. */
export function nextAuditFile(folder: string, last: string | undefined): string {
  const number = last === undefined ? 1 : Number(last.slice(-'000000.jsonl'.length, -'.jsonl'.length)) + 1;
  return join(folder, `${String(number).padStart(6, '0')}.jsonl`);
}

/** Lines from a place on, without their line breaks. `rest`: how many bytes follow the last line break. */
export function readLines(
  path: string,
  from = 0,
): { readonly lines: readonly Buffer[]; readonly rest: number } {
  const content = readFileSync(path).subarray(from);
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, start)) {
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return { lines, rest: content.length - start };
}
