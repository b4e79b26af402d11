import type { WorkspaceEdit } from 'vscode-languageserver/node';
import type { EditsByPath } from '../../engine/authoring/references/renameFiles.ts';
import type { LineMap } from '../../engine/documents/lineMap.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import type { TextEdit } from '../../engine/rules/textEdit.ts';
import type { TextEdit as LspTextEdit } from 'vscode-languageserver/node';
import { uriOf } from '../folders.ts';
import { linesOf } from './openRule.ts';

export function toLspEdits(lines: LineMap, edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map(({ span, newText }) => ({ range: lines.toRange(span), newText }));
}

interface FolderEdits {
  readonly root: string;
  readonly catalog: RuleCatalog;
  readonly edits: EditsByPath;
  /** A file that gets another path, after its text was edited. */
  readonly file?: { readonly from: string; readonly to: string };
}

/** Edits of rule files, and then the new path of one of them. */
export function toWorkspaceEdit({ root, catalog, edits, file }: FolderEdits): WorkspaceEdit {
  const changes = [...edits].flatMap(([path, list]) => {
    const document = catalog.document(path);
    if (document === undefined || path.startsWith('builtin:')) return [];
    const textDocument = { uri: uriOf(root, path), version: null };
    return [{ textDocument, edits: toLspEdits(linesOf(document), list) }];
  });
  const renames =
    file === undefined
      ? []
      : [{ kind: 'rename' as const, oldUri: uriOf(root, file.from), newUri: uriOf(root, file.to) }];
  return { documentChanges: [...changes, ...renames] };
}
