import type { CodeLens, Connection, Disposable, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../engine/engine.ts';
import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import { openRule, type OpenRule } from '../authoring/openRule.ts';
import type { Folders } from '../folders.ts';
import { explainSave, type LastSource } from '../lastSource.ts';
import { toAbortSignal } from '../toAbortSignal.ts';
import { codeLenses, type FiringRule } from './codeLenses.ts';
import { coverageLenses } from './coverageLenses.ts';
import { DeclaredPlaces } from './declaredPlaces.ts';
import { queryLenses } from './queryLenses.ts';
import { ruleLenses } from './ruleLenses.ts';
import { actingRules, sourceLenses } from './sourceLenses.ts';
import { testLenses } from './testLenses.ts';

export interface CodeLensParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
  readonly lastSource: LastSource;
}

/** VS Code forgets a refresh when the person leaves the editor within a moment of it; the last one is said twice. */
const againMs = 1_500;

export interface LensRefresher extends Disposable {
  refresh(): void;
}

/** Lenses over rules, code and tests, all folded from the view state. `refresh` after it changed. */
export function answerCodeLenses(parts: CodeLensParts): LensRefresher {
  const { connection, engine, documents, folders } = parts;
  const places = new DeclaredPlaces();
  connection.onCodeLens(async ({ textDocument }, token): Promise<CodeLens[]> => {
    const placed = folders.place(textDocument.uri);
    const document = documents.get(textDocument.uri);
    if (!placed || !document) return [];
    const view = engine.viewState();
    const rule = openRule({ engine, documents, folders }, textDocument.uri);
    if (rule) {
      const inherited = withInherited(rule);
      const ruleIds = actingRules(inherited).map(({ id }) => id);
      const source = await explainSave(parts, { root: rule.root, ruleIds }, toAbortSignal(token));
      return [
        ...ruleLenses(rule.root, inherited, view),
        ...queryLenses(rule.root, rule.document),
        ...(source ? sourceLenses(inherited, source) : []),
      ];
    }
    const { root, path } = placed;
    const rulesFor = (other: string): readonly FiringRule[] => engine.rulesFor(root, other);
    const tests = engine.testQueries(root);
    const found = await tests?.declaredIn(path, toAbortSignal(token)).catch(() => undefined);
    const declared = places.follow(document, found);
    return [
      ...codeLenses(root, path, rulesFor(path), view),
      ...coverageLenses(root, path, tests?.coverageOf(path)),
      ...testLenses({ root, path, view, declared, rulesFor }),
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
