import type { FileRead } from '../../ports/files.ts';

/** What is known of the files that rules refer to and that are no rule files. Asking never waits. */
export interface KnownFiles {
  /** undefined: nobody has looked yet; it is then looked for, and counts as missing so long. */
  read(path: string): FileRead | undefined;
  /** The same without its text. */
  exists(path: string): boolean | undefined;
}
