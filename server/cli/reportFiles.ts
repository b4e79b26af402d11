import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Replaces the file as a whole. undefined: it is written; otherwise what is wrong, as a sentence. */
export function writeReport(name: string, text: string, cwd: string): string | undefined {
  const path = resolve(cwd, name);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/,? \w+ '.*$/, '') : String(error);
    return `${name} cannot be written: ${reason}.`;
  }
}
