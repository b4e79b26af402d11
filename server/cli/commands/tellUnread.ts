import type { FileRead } from '../../engine/ports/files.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { plainLine } from '../render/plainText.ts';

/** Says on standard error which of the files that a person named no rule could look at, and why. */
export async function tellUnread(
  paths: readonly string[],
  context: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  const { files, root, output } = context;
  const showPath = pathShower(context);
  for (const path of paths) {
    if (signal.aborted) return;
    const reason = reasonOf(await files.read(root, path, signal));
    if (reason !== undefined) output.stderr(`${plainLine(showPath(path))} was not checked: ${reason}.\n`);
  }
}

/** undefined: rules can look at it. */
function reasonOf(read: FileRead): string | undefined {
  switch (read.kind) {
    case 'text':
      return undefined;
    case 'missing':
      return 'it is gone';
    case 'binary':
      return 'it is no UTF-8 text';
    case 'tooLarge':
      return 'it is larger than 1 MB';
    case 'unreadable':
      return `it cannot be read (${plainLine(read.message)})`;
  }
}
