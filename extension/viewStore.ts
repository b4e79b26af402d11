import * as vscode from 'vscode';
import type { RunView, ViewState } from '../server/protocol/viewState.ts';

/** The last view state that the server sent: all that any view shows. */
export class ViewStore implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<ViewState | undefined>();
  #state: ViewState | undefined;

  readonly onDidChange: vscode.Event<ViewState | undefined> = (listener, thisArg, disposables) =>
    this.#emitter.event(listener, thisArg, disposables);

  /** undefined until a server has answered. */
  get state(): ViewState | undefined {
    return this.#state;
  }

  get runs(): readonly RunView[] {
    return this.#state?.runs ?? [];
  }

  findRun(run: string): RunView | undefined {
    return this.runs.find((candidate) => candidate.run === run);
  }

  update(state: ViewState | undefined): void {
    this.#state = state;
    this.#emitter.fire(state);
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
