import * as vscode from 'vscode';
import { sourceShown } from '../server/protocol/requests.ts';
import type { ServerConnection } from './server/serverConnection.ts';

/** The source file that a person looked at last: rules are run on it, also while a rule or a diff is in front. */
export class LastSource implements vscode.Disposable {
  readonly #watching: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  #uri: vscode.Uri | undefined;

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#watching = vscode.window.onDidChangeActiveTextEditor((editor) => this.#note(editor));
  }

  readonly onDidChange = this.#changed.event;

  get uri(): vscode.Uri | undefined {
    return this.#uri;
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }

  #note(editor: vscode.TextEditor | undefined): void {
    const uri = editor?.document.uri;
    if (uri?.scheme !== 'file' || /\.mdc(\.md)?$/.test(uri.path)) return;
    this.#uri = uri;
    this.#changed.fire(uri);
  }
}

/** Tells each server what the person looks at, so that it says over rules what they would do with it. */
export function tellLastSource(lastSource: LastSource, server: ServerConnection): vscode.Disposable {
  const tell = (): void => {
    if (lastSource.uri) server.notify(sourceShown, { uri: lastSource.uri.toString() });
  };
  tell();
  return vscode.Disposable.from(
    lastSource.onDidChange(tell),
    server.onDidChangeState((state) => {
      if (state === 'running') tell();
    }),
  );
}
