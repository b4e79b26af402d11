import type { CodeLens, Connection, Disposable, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../engine/engine.ts';
import { isRulePath } from '../../engine/rules/rulePaths.ts';
import type { Folders } from '../folders.ts';
import { codeLenses } from './codeLenses.ts';
import { ruleLenses } from './ruleLenses.ts';
import { testLenses } from './testLenses.ts';

export interface CodeLensParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
}

/** VS Code forgets a refresh when the person leaves the editor within a moment of it; the last one is said twice. */
const againMs = 1_500;

export interface LensRefresher extends Disposable {
  refresh(): void;
}

/** Lenses over rules, code and tests, all folded from the view state. `refresh` after it changed. */
export function answerCodeLenses({ connection, engine, documents, folders }: CodeLensParts): LensRefresher {
  connection.onCodeLens(({ textDocument }): CodeLens[] => {
    const placed = folders.place(textDocument.uri);
    const document = documents.get(textDocument.uri);
    if (!placed || !document) return [];
    const view = engine.viewState();
    if (isRulePath(placed.path))
      return [...ruleLenses(placed.root, engine.parseRuleText(placed.path, document.getText()), view)];
    const rules = engine.rulesFor(placed.root, placed.path);
    return [
      ...codeLenses(placed.root, placed.path, rules, view),
      ...testLenses(placed.root, placed.path, view),
    ];
  });
  // A client without support for it asks again by itself when the document changes.
  const send = (): void => void connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  let again: NodeJS.Timeout | undefined;
  return {
    refresh() {
      send();
      clearTimeout(again);
      again = setTimeout(send, againMs);
    },
    dispose: () => clearTimeout(again),
  };
}
