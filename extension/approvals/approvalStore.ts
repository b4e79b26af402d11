import * as vscode from 'vscode';
import type { ApprovalView } from '../../server/protocol/approvals.ts';

/** The approvals as the server told them last: all that any view shows of them. */
export class ApprovalStore implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<readonly ApprovalView[]>();
  #list: readonly ApprovalView[] = [];

  readonly onDidChange: vscode.Event<readonly ApprovalView[]> = (listener, thisArg, disposables) =>
    this.#emitter.event(listener, thisArg, disposables);

  get list(): readonly ApprovalView[] {
    return this.#list;
  }

  find(folder: string, ruleId: string): ApprovalView | undefined {
    return this.#list.find((each) => each.folder === folder && each.ruleId === ruleId);
  }

  update(list: readonly ApprovalView[]): void {
    this.#list = list;
    this.#emitter.fire(list);
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
