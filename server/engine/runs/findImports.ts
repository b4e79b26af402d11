import type { Files } from '../ports/files.ts';
import type { Loss } from '../rules/dialects/dialect.ts';
import { dialects } from '../rules/dialects/dialectList.ts';
import { proposeImport, type DialectFile } from '../rules/dialects/proposeImport.ts';

/** What the rule files of one other tool in a folder come to as files of ours. */
export interface ImportOffer {
  /** Of the tool, such as `claude`. */
  readonly dialect: string;
  readonly label: string;
  /** Where they were found. */
  readonly sources: readonly string[];
  /** `exists`: a file is there already, and is not to be written over. */
  readonly files: readonly { readonly path: string; readonly text: string; readonly exists: boolean }[];
  readonly losses: readonly Loss[];
}

/** One offer for each tool that has files in the folder. Nothing is written. */
export async function findImports(
  files: Files,
  root: string,
  signal: AbortSignal,
): Promise<readonly ImportOffer[]> {
  const offers: ImportOffer[] = [];
  const paths = (await files.list(root, signal)).toSorted();
  signal.throwIfAborted();
  for (const dialect of dialects) {
    const sources = paths.filter((path) => dialect.place(path) !== undefined);
    if (sources.length === 0) continue;
    const given: DialectFile[] = [];
    for (const path of sources) {
      const read = await files.read(root, path, signal);
      signal.throwIfAborted();
      given.push({ path, text: read.kind === 'text' ? read.text : undefined });
    }
    const proposed = proposeImport(dialect, given);
    const written: ImportOffer['files'][number][] = [];
    for (const file of proposed.files)
      written.push({ ...file, exists: await files.exists(root, file.path, signal) });
    const { id, label } = dialect;
    offers.push({ dialect: id, label, sources, files: written, losses: proposed.losses });
  }
  return offers;
}
