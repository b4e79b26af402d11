import type { Connection } from 'vscode-languageserver/node';
import type { FileEvent } from '../../engine/triggers/fileEvent.ts';
import { maxSingle } from '../../engine/triggers/diskBursts.ts';
import type { PlacedFile } from '../folders.ts';
import { tellEvent, type TellEventsParts } from './tellEvents.ts';

export interface FollowFileOperationsParts extends TellEventsParts {
  readonly connection: Connection;
}

/** Lets rules fire on files that a person creates, renames or deletes in the editor; a folder stands for its files. */
export function followFileOperations(parts: FollowFileOperationsParts): void {
  const { workspace } = parts.connection;
  workspace.onDidCreateFiles(({ files }) =>
    follow(parts, async () =>
      (await present(parts, places(parts, files))).map((file) => madeBy('create', file)),
    ),
  );
  workspace.onDidDeleteFiles(({ files }) => {
    // At once: soon the files are known no more.
    const gone = places(parts, files).flatMap((file) => filesBelow(parts, file));
    return follow(parts, async () => gone.map((file) => madeBy('delete', file)));
  });
  workspace.onDidRenameFiles(({ files }) =>
    follow(parts, async () => {
      const events = files.map(async ({ oldUri, newUri }) => {
        const [from] = places(parts, [{ uri: oldUri }]);
        const to = await present(parts, places(parts, [{ uri: newUri }]));
        const [top] = places(parts, [{ uri: newUri }]);
        return to.map((file) => renamed(file, { from, top }));
      });
      return (await Promise.all(events)).flat();
    }),
  );
}

type Named = 'create' | 'delete' | 'rename';

function madeBy(name: Named, file: PlacedFile): FileEvent {
  return { ...file, name, origin: 'user', depth: 0 };
}

/** A file that comes from outside of its folder is a new one there. */
function renamed(
  file: PlacedFile,
  { from, top }: { readonly from: PlacedFile | undefined; readonly top: PlacedFile | undefined },
): FileEvent {
  if (from?.root !== file.root) return madeBy('create', file);
  const oldPath = from.path + file.path.slice(top?.path.length ?? file.path.length);
  return { ...madeBy('rename', file), oldPath };
}

async function follow(
  parts: FollowFileOperationsParts,
  list: () => Promise<readonly FileEvent[]>,
): Promise<void> {
  try {
    const events = await list();
    if (events.length > maxSingle)
      parts.log.info(
        `${events.length} files were created, renamed or deleted at once: no rule starts a model or a command for these.`,
      );
    else for (const event of events) await tellEvent(parts, event);
  } catch (error) {
    parts.log.error(`Files that were created, renamed or deleted could not be followed: ${String(error)}`);
  }
}

function places(
  { folders }: FollowFileOperationsParts,
  files: readonly { readonly uri: string }[],
): readonly PlacedFile[] {
  return files.flatMap(({ uri }) => folders.place(uri) ?? []);
}

/** The files that came with these files and folders. */
async function present(
  parts: FollowFileOperationsParts,
  files: readonly PlacedFile[],
): Promise<readonly PlacedFile[]> {
  const { signal } = new AbortController();
  for (const { root, path } of files) {
    await parts.engine.pathsChanged(root, { created: [path], deleted: [] }, signal);
    await parts.engine.workspacePaths(root)?.load(signal);
  }
  return files.flatMap((file) => filesBelow(parts, file));
}

/** The file itself, or the files of the folder as far as they are known. */
function filesBelow(
  { engine }: FollowFileOperationsParts,
  { root, path }: PlacedFile,
): readonly PlacedFile[] {
  const known = engine.workspacePaths(root)?.known();
  if (known === undefined || known.has(path)) return [{ root, path }];
  const below = known.all().filter((each) => each.startsWith(`${path}/`));
  return (below.length === 0 ? [path] : below).map((each) => ({ root, path: each }));
}
