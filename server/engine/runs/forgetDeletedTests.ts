import type { RunLedger } from '../journal/runLedger.ts';
import type { Files } from '../ports/files.ts';

/** Forgets the results of test files that went while nobody looked; journals tell of them still. */
export async function forgetDeletedTests(
  { files, ledger }: { readonly files: Files; readonly ledger: RunLedger },
  root: string,
  signal: AbortSignal,
): Promise<void> {
  const paths = ledger.testFiles().flatMap((file) => (file.folder === root ? [file.path] : []));
  const there = await Promise.all(paths.map((path) => files.exists(root, path, signal)));
  ledger.forgetTests(
    root,
    paths.filter((_, index) => there[index] === false),
  );
}
