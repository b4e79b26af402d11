import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { localPath, uriOf, type Folders } from './folders.ts';

/** What the editor's buffers hold. */
export interface OpenTexts {
  /** Path to text. */
  readonly of: (root: string) => ReadonlyMap<string, string>;
  /** The text of one file; the others are not looked at. */
  readonly at: (root: string, path: string) => string | undefined;
}

/**
 * Follows the buffers of the editor. One that nobody has typed into and whose file is deleted counts for nothing: an
 * editor keeps such buffers for minutes after the last tab is closed, and the file must not come back out of one.
 */
export function followOpenTexts(documents: TextDocuments<TextDocument>, folders: Folders): OpenTexts {
  /** URI to the version that the disk had, as far as is known. */
  const saved = new Map<string, number>();
  /** Place on the disk to URI, which editors write in more than one way. */
  const uris = new Map<string | undefined, string>();
  documents.onDidOpen(({ document: { uri, version } }) => {
    saved.set(uri, version);
    uris.set(localPath(uri), uri);
  });
  documents.onDidSave(({ document }) => saved.set(document.uri, document.version));
  documents.onDidClose(({ document: { uri } }) => {
    saved.delete(uri);
    uris.delete(localPath(uri));
  });
  const isLeftOver = ({ uri, version }: TextDocument): boolean =>
    saved.get(uri) === version && !existsSync(fileURLToPath(uri));
  return {
    of(root) {
      const texts = new Map<string, string>();
      for (const document of documents.all()) {
        const placed = folders.place(document.uri);
        if (placed?.root === root && !isLeftOver(document)) texts.set(placed.path, document.getText());
      }
      return texts;
    },
    at(root, path) {
      const uri = uris.get(localPath(uriOf(root, path)));
      const document = uri === undefined ? undefined : documents.get(uri);
      if (document === undefined || folders.place(document.uri)?.root !== root) return undefined;
      return isLeftOver(document) ? undefined : document.getText();
    },
  };
}
