import * as vscode from 'vscode';

/** The source file that a person looked at last: rules are run on it, also while a rule or a diff is in front. */
export class LastSource implements vscode.Disposable {
  readonly #watching: vscode.Disposable;
  #uri: vscode.Uri | undefined;

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#watching = vscode.window.onDidChangeActiveTextEditor((editor) => this.#note(editor));
  }

  get uri(): vscode.Uri | undefined {
    return this.#uri;
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #note(editor: vscode.TextEditor | undefined): void {
    const uri = editor?.document.uri;
    if (uri?.scheme === 'file' && !/\.mdc(\.md)?$/.test(uri.path)) this.#uri = uri;
  }
}
