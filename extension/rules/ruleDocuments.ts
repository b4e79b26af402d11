import * as vscode from 'vscode';
import { describeRule, readBundledRule, readEffectiveRule } from '../../server/protocol/requests.ts';
import { folderUri } from '../folderUri.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import type { ViewStore } from '../viewStore.ts';
import { findSourceLinks } from './sourceLinks.ts';

/** How the server names a rule of the library. */
const bundledScheme = 'builtin';
const effectiveScheme = 'codegen-lab-effective';
const explainedScheme = 'codegen-lab-explained';
const language = 'mdc';

interface NamedRule {
  readonly folder: string;
  readonly ruleId: string;
}

/**
 * Rules that are no files: those of the library, what a rule comes to with all that it inherits, and what it does in
 * words. Read-only; what is open follows the rules as they are typed.
 */
export class RuleDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #server: ServerConnection;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerConnection, views: ViewStore) {
    this.#server = server;
    this.#subscriptions = vscode.Disposable.from(
      ...[bundledScheme, effectiveScheme, explainedScheme].map((scheme) =>
        vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      ),
      vscode.languages.registerDocumentLinkProvider({ scheme: effectiveScheme }, this),
      vscode.workspace.onDidOpenTextDocument((document) => void markLanguage(document)),
      // A rule was saved or typed, and with it what others inherit.
      views.onDidChange(() => this.#refresh()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === language && document.uri.scheme === 'file') this.#refresh();
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const gone = 'There is no such rule any more.\n';
    switch (uri.scheme) {
      case bundledScheme:
        return (
          (await this.#server.request(readBundledRule, { uri: uri.toString(true) }, token))?.text ?? gone
        );
      case effectiveScheme:
        return (await this.#server.request(readEffectiveRule, readTarget(uri), token))?.text ?? gone;
      default:
        return (await this.#server.request(describeRule, readTarget(uri), token))?.markdown ?? gone;
    }
  }

  /** Leads from each value to where it was written. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const folder = folderUri(readTarget(document.uri).folder);
    return findSourceLinks(document.getText()).map(({ start, end, path, line }) => {
      const isBundled = path.startsWith(`${bundledScheme}:`);
      const target = isBundled ? vscode.Uri.parse(path) : vscode.Uri.joinPath(folder, path);
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return new vscode.DocumentLink(range, target.with({ fragment: `L${line}` }));
    });
  }

  /** Shows what a rule comes to. */
  async showEffective(rule: NamedRule): Promise<void> {
    const uri = uriOf(effectiveScheme, `Effective ${nameOf(rule.ruleId)}.mdc`, rule);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await markLanguage(document);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Shows what a rule does, in words, as Markdown is shown. */
  async showExplanation(rule: NamedRule): Promise<void> {
    const uri = uriOf(explainedScheme, `${nameOf(rule.ruleId)} in Words.md`, rule);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** Typing asks once, when it pauses. */
  #refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { uri } of vscode.workspace.textDocuments)
        if (uri.scheme === effectiveScheme || uri.scheme === explainedScheme) this.#changed.fire(uri);
    }, quietMs);
  }
}

const quietMs = 300;

async function markLanguage(document: vscode.TextDocument): Promise<void> {
  const isOurs = document.uri.scheme === bundledScheme || document.uri.scheme === effectiveScheme;
  if (isOurs && document.languageId !== language)
    await vscode.languages.setTextDocumentLanguage(document, language);
}

function uriOf(scheme: string, name: string, { folder, ruleId }: NamedRule): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name}`, query: JSON.stringify({ folder, ruleId }) });
}

function readTarget(uri: vscode.Uri): NamedRule {
  return JSON.parse(uri.query) as NamedRule;
}

/** Without folders, colons and the ending. */
function nameOf(ruleId: string): string {
  return ruleId
    .replace(/^.*[/:]/, '')
    .replace(/\.mdc(?:\.md)?\b/, '')
    .replaceAll(/[^\w.#-]+/g, '-');
}
