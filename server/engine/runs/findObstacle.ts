import type { FileEvent } from '../triggers/fileEvent.ts';
import type { FolderState } from './folderState.ts';

/** Why the file is none that a model or a command is started for; asked only when one would be. */
export async function findObstacle(
  { folder }: { readonly folder: Pick<FolderState, 'paths'> },
  { path, name, text }: FileEvent,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (name === 'delete') return undefined;
  if (text === undefined) return `\`${path}\` is no text file of at most 1 MB`;
  try {
    const known = await folder.paths.load(signal);
    // A new file may come before the news of it.
    if (!known.has(path)) await folder.paths.follow({ created: [path], deleted: [] }, signal);
    return known.has(path) ? undefined : `\`${path}\` is ignored by version control`;
  } catch {
    // The files cannot be listed; then the usual dependency and build folders alone are ignored.
    return undefined;
  }
}
