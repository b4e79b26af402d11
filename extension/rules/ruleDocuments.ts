import * as vscode from 'vscode';
import { readBundledRule, readEffectiveRule } from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import type { ViewStore } from '../viewStore.ts';

/** How the server names a rule of the library. */
const bundledScheme = 'builtin';
const effectiveScheme = 'codegen-lab-effective';
const language = 'mdc';

/** Rules that are no files: those of the library, and what a rule comes to with all that it inherits. Read-only. */
export class RuleDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: ServerConnection;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerConnection, views: ViewStore) {
    this.#server = server;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(bundledScheme, this),
      vscode.workspace.registerTextDocumentContentProvider(effectiveScheme, this),
      vscode.workspace.onDidOpenTextDocument((document) => void markLanguage(document)),
      // A rule was saved, and with it what others inherit.
      views.onDidChange(() => this.#refresh()),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const answer =
      uri.scheme === bundledScheme
        ? await this.#server.request(readBundledRule, { uri: uri.toString(true) }, token)
        : await this.#server.request(readEffectiveRule, readTarget(uri), token);
    return answer?.text ?? 'There is no such rule any more.\n';
  }

  /** Shows what a rule comes to; the document follows the rule while it is open. */
  async showEffective(rule: { readonly folder: string; readonly ruleId: string }): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: effectiveScheme,
      path: `/Effective ${nameOf(rule.ruleId)}.mdc`,
      query: JSON.stringify(rule),
    });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await markLanguage(document);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === effectiveScheme) this.#changed.fire(uri);
  }
}

async function markLanguage(document: vscode.TextDocument): Promise<void> {
  const isOurs = document.uri.scheme === bundledScheme || document.uri.scheme === effectiveScheme;
  if (isOurs && document.languageId !== language)
    await vscode.languages.setTextDocumentLanguage(document, language);
}

function readTarget(uri: vscode.Uri): { readonly folder: string; readonly ruleId: string } {
  return JSON.parse(uri.query) as { readonly folder: string; readonly ruleId: string };
}

/** Without folders, colons and the ending. */
function nameOf(ruleId: string): string {
  return ruleId
    .replace(/^.*[/:]/, '')
    .replace(/\.mdc(?:\.md)?\b/, '')
    .replaceAll(/[^\w.#-]+/g, '-');
}
