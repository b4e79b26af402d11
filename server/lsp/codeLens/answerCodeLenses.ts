import type { CodeLens, Connection, Disposable, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../engine/engine.ts';
import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import { openRule, type OpenRule } from '../authoring/openRule.ts';
import type { Folders } from '../folders.ts';
import { codeLenses } from './codeLenses.ts';
import { queryLenses } from './queryLenses.ts';
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
    const rule = openRule({ engine, documents, folders }, textDocument.uri);
    if (rule)
      return [...ruleLenses(rule.root, withInherited(rule), view), ...queryLenses(rule.root, rule.document)];
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

/** The rules of the file with what they inherit: that decides whether they act. */
function withInherited({ document, catalog }: OpenRule): RuleDocument {
  const inherit = (rule: Rule): Rule => catalog.effective(rule.id)?.rule ?? rule;
  return { ...document, file: inherit(document.file), blocks: document.blocks.map(inherit) };
}
