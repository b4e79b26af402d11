import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edits, Landing, LandOutcome } from '../engine/ports/edits.ts';
import type { Files } from '../engine/ports/files.ts';
import { landEdits } from '../protocol/requests.ts';
import type { LandParams, LandResult } from '../protocol/proposals.ts';
import { uriOf, type Folders } from './folders.ts';
import { followOpenTexts } from './openTexts.ts';

export interface EditorEditsParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
  readonly files: Files;
}

/** The user's files through the editor: open buffers come first, and landing is the editor's own undoable edit. */
export function createEditorEdits({ connection, documents, folders, files }: EditorEditsParts): Edits {
  const texts = followOpenTexts(documents, folders);
  return {
    unsaved: texts.of,
    async current(root, path, signal) {
      const open = texts.at(root, path);
      if (open !== undefined) return open;
      const read = await files.read(root, path, signal);
      return read.kind === 'text' ? read.text : undefined;
    },
    async land(landing): Promise<LandOutcome> {
      const result = await askEditor(connection, landing);
      if (result.kind !== 'stale') return result;
      return { kind: 'stale', paths: result.uris.map((uri) => folders.place(uri)?.path ?? uri) };
    },
  };
}

async function askEditor(connection: Connection, { run, title, root, files }: Landing): Promise<LandResult> {
  const params: LandParams = {
    run,
    title,
    files: files.map(({ path, ...texts }) => ({ uri: uriOf(root, path), ...texts })),
  };
  try {
    return await connection.sendRequest<LandResult>(landEdits.method, params);
  } catch (error) {
    const names = files.map((file) => file.path).join(', ');
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: 'failed',
      message: `The editor did not say whether the edit landed; look at ${names}. ${reason}`,
    };
  }
}
