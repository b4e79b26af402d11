import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainBlock, plainLine } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';

/** Files that a command would change; those that stay as they are are passed over. */
export interface FileChanges {
  readonly title: string;
  readonly files: readonly ProposedFile[];
  /** The person typed that they shall be written. */
  readonly write: boolean;
}

/** The difference on standard output, as a patch that `git apply` takes. */
export function showPatch({ files }: Pick<FileChanges, 'files'>, { output }: CommandContext): void {
  const patch = changedFiles(files).map(renderDiff).join('');
  if (patch !== '') output.stdout(plainBlock(patch, ''));
}

/** Writes all files or none, where that was asked for, and says on standard error what came of it. */
export async function landFiles(
  { title, files, write }: FileChanges,
  { edits, root, output }: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const changed = changedFiles(files);
  if (changed.length === 0) return exitCodes.good;
  const count = changed.length === 1 ? '1 file' : `${changed.length} files`;
  if (!write) {
    output.stderr(`${count} would change. Add --write to write them.\n`);
    return exitCodes.good;
  }
  const outcome = await edits.land({ run: '', root, title, files: changed }, signal);
  switch (outcome.kind) {
    case 'landed':
      output.stderr(`${count} written.\n`);
      return exitCodes.good;
    case 'stale': {
      const paths = outcome.paths.map(plainLine).join(', ');
      output.stderr(`Nothing was written: ${paths} changed meanwhile. Try again.\n`);
      return exitCodes.refused;
    }
    case 'failed':
      output.stderr(`${plainLine(outcome.message)}\n`);
      return exitCodes.refused;
  }
}

function changedFiles(files: readonly ProposedFile[]): readonly ProposedFile[] {
  return files.filter(({ before, after }) => before !== after);
}
