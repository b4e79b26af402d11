import * as vscode from 'vscode';
import { locateSuggestion, reviewsChanged } from '../../server/protocol/testRequests.ts';
import type { ReviewFinding } from '../../server/protocol/testDisplay.ts';
import { fileUri } from '../folderUri.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import { AnsweredFindings } from './answeredFindings.ts';
import { renderFinding } from './renderFinding.ts';
import { shiftRange } from './shiftRange.ts';

interface ShownFinding {
  readonly finding: ReviewFinding;
  readonly thread: vscode.CommentThread;
}

/** What reviews found, as threads at the lines. They follow the text, and are there until a person has answered. */
export class ReviewThreads implements vscode.Disposable {
  readonly #server: ServerConnection;
  /** Made with the first thread: where nothing is reviewed, the editor shows no place for comments. */
  #controller: vscode.CommentController | undefined;
  readonly #answered: AnsweredFindings;
  readonly #shown = new Map<string, ShownFinding>();
  readonly #typing: vscode.Disposable;

  constructor(server: ServerConnection, state: vscode.Memento) {
    this.#server = server;
    this.#answered = new AnsweredFindings(state);
    server.onNotification(reviewsChanged, (findings) => this.#show(findings));
    this.#typing = vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event));
  }

  dispose(): void {
    this.#typing.dispose();
    this.#controller?.dispose();
  }

  /** A command comes with the finding of its link, or with the thread of its button. undefined: none that is shown. */
  find(argument: unknown): string | undefined {
    const { id } = (argument ?? {}) as { readonly id?: unknown };
    if (typeof id === 'string') return this.#shown.has(id) ? id : undefined;
    return [...this.#shown].find(([, { thread }]) => thread === argument)?.[0];
  }

  /** Puts what is suggested in the place of what the finding is about, as one step to undo. Returns what went wrong, as a sentence. */
  async apply(id: string): Promise<string | undefined> {
    const shown = this.#shown.get(id);
    if (!shown) return 'This finding is not shown any more.';
    const document = await vscode.workspace.openTextDocument(shown.thread.uri);
    const place = await this.#server.request(locateSuggestion, { id });
    if (place.kind === 'refused') return place.message;
    if (place.version !== document.version) return 'The file is being changed. Try again.';
    const { start, end } = place.range;
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    edit.replace(document.uri, range, withEnds(place.newText, document.eol));
    if (!(await vscode.workspace.applyEdit(edit)))
      return 'The editor did not take the edit. The file is as it was.';
    this.#close(id);
    await this.#answered.add(id);
    return undefined;
  }

  async dismiss(id: string): Promise<void> {
    const shown = this.#shown.get(id);
    this.#close(id);
    if (shown !== undefined) await this.#answered.dismiss(shown.finding);
  }

  #close(id: string): void {
    this.#shown.get(id)?.thread.dispose();
    this.#shown.delete(id);
  }

  #show(findings: readonly ReviewFinding[]): void {
    const open = new Map(findings.filter((each) => !this.#answered.has(each)).map((each) => [each.id, each]));
    for (const [id, { thread }] of [...this.#shown]) {
      if (open.has(id)) continue;
      thread.dispose();
      this.#shown.delete(id);
    }
    for (const [id, finding] of open)
      if (!this.#shown.has(id)) this.#shown.set(id, { finding, thread: this.#create(finding) });
  }

  #create(finding: ReviewFinding): vscode.CommentThread {
    const { folder, path, range, rule, fix } = finding;
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    const body = new vscode.MarkdownString(renderFinding(finding));
    body.isTrusted = { enabledCommands: ['codegenLab.applySuggestion', 'codegenLab.dismissFinding'] };
    const author = { name: rule === undefined ? 'Review' : `Review by ${rule}` };
    const comment = { body, mode: vscode.CommentMode.Preview, author };
    this.#controller ??= vscode.comments.createCommentController('codegenLab.reviews', 'Codegen Lab Reviews');
    const thread = this.#controller.createCommentThread(fileUri(folder, path), place, [comment]);
    thread.canReply = false;
    thread.label = labels[finding.severity];
    thread.contextValue = fix === undefined ? 'finding' : 'suggestion';
    thread.state = vscode.CommentThreadState.Unresolved;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    return thread;
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const { thread } of this.#shown.values()) {
      if (thread.uri.toString() !== uri || thread.range === undefined) continue;
      let range: Parameters<typeof shiftRange>[0] = thread.range;
      for (const change of contentChanges) range = shiftRange(range, change);
      const { start, end } = range;
      thread.range = new vscode.Range(start.line, start.character, end.line, end.character);
    }
  }
}

const labels: Readonly<Record<ReviewFinding['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Note',
  hint: 'Hint',
};

function withEnds(text: string, eol: vscode.EndOfLine): string {
  return text.replaceAll(/\r?\n/g, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}
