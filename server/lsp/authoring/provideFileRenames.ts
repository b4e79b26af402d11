import type { RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver/node';
import { renameFiles } from '../../engine/authoring/references/renameFiles.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Folders } from '../folders.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';

/** References to files and folders that are about to get other paths; null when nothing refers to them. */
export function provideFileRenames(
  { engine, folders }: { readonly engine: Engine; readonly folders: Folders },
  { files }: RenameFilesParams,
): WorkspaceEdit | null {
  const byRoot = new Map<string, Map<string, string>>();
  for (const { oldUri, newUri } of files) {
    const [from, to] = [folders.place(oldUri), folders.place(newUri)];
    // References never lead into another folder.
    if (from === undefined || to?.root !== from.root) continue;
    const moved = byRoot.get(from.root) ?? new Map<string, string>();
    byRoot.set(from.root, moved);
    for (const path of pathsBelow(engine, from.root, from.path))
      moved.set(path, to.path + path.slice(from.path.length));
  }
  const edits = [...byRoot].flatMap(([root, moved]) => {
    const catalog = engine.ruleCatalog(root, 'typed');
    return catalog === undefined
      ? []
      : (toWorkspaceEdit({ root, catalog, edits: renameFiles(catalog, moved) }).documentChanges ?? []);
  });
  return edits.length === 0 ? null : { documentChanges: edits };
}

/** The file itself, or all files of a folder, as far as they are known. */
function pathsBelow(engine: Engine, root: string, path: string): readonly string[] {
  const prefix = `${path}/`;
  const rules = engine.ruleDocuments(root).map((document) => document.path);
  const others = engine.workspacePaths(root)?.known()?.all() ?? [];
  const below = [...new Set([...rules, ...others])].filter((each) => each.startsWith(prefix));
  return below.length > 0 ? below : [path];
}
