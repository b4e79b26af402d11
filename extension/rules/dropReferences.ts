import * as vscode from 'vscode';
import { writeReferences } from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';

const listType = 'text/uri-list';
const ruleFiles: vscode.DocumentSelector = ['**/*.mdc', '**/*.mdc.md', '**/RULE.md', '**/.cursorrules'].map(
  (pattern) => ({ scheme: 'file', pattern }),
);
const kind = vscode.DocumentDropOrPasteEditKind.Text.append('codegenLab', 'reference');
const title = 'Insert Reference';

/** Files and rules that are dropped or pasted into a rule file are named there: as `@path`, as a parent, as a glob. */
export function followDrops(server: ServerConnection): vscode.Disposable {
  const references = new References(server);
  return vscode.Disposable.from(
    vscode.languages.registerDocumentDropEditProvider(ruleFiles, references, {
      providedDropEditKinds: [kind],
      dropMimeTypes: [listType],
    }),
    vscode.languages.registerDocumentPasteEditProvider(ruleFiles, references, {
      providedPasteEditKinds: [kind],
      pasteMimeTypes: [listType],
    }),
  );
}

class References implements vscode.DocumentDropEditProvider, vscode.DocumentPasteEditProvider {
  readonly #server: ServerConnection;

  constructor(server: ServerConnection) {
    this.#server = server;
  }

  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    data: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit | undefined> {
    const text = await this.#write(document, position, data, token);
    return text === undefined ? undefined : new vscode.DocumentDropEdit(text, title, kind);
  }

  /** What is selected is replaced; with several cursors each names the same. */
  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): Promise<vscode.DocumentPasteEdit[]> {
    const [first] = ranges;
    const text = first && (await this.#write(document, first.start, data));
    return text === undefined ? [] : [new vscode.DocumentPasteEdit(text, title, kind)];
  }

  async #write(
    document: vscode.TextDocument,
    position: vscode.Position,
    data: vscode.DataTransfer,
    token?: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const list = await data.get(listType)?.asString();
    const targets = (list ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
    if (targets.length === 0 || this.#server.state !== 'running') return undefined;
    const { line, character } = position;
    const params = { uri: document.uri.toString(), position: { line, character }, targets };
    return (await this.#server.request(writeReferences, params, token))?.text;
  }
}
