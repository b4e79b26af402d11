import * as vscode from 'vscode';
import type { RuleGrouping } from './groupRules.ts';

const key = 'codegenLab.rules.grouping';

/** How the person wants the rules of this workspace ordered; kept from window to window. */
export function readGrouping(context: vscode.ExtensionContext): RuleGrouping {
  const kept = context.workspaceState.get<unknown>(key);
  return kept === 'folder' || kept === 'file' ? kept : 'kind';
}

export class Grouping implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<RuleGrouping>();
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  async choose(grouping: RuleGrouping): Promise<void> {
    await this.#context.workspaceState.update(key, grouping);
    this.#changed.fire(grouping);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
