import * as vscode from 'vscode';

const scheme = 'codegen-lab-prompt';

/** Shows a prompt as a read-only Markdown document. */
export class PromptPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  show(ruleId: string, markdown: string): Promise<void> {
    return this.showPage(`Prompt of ${nameOf(ruleId)}`, markdown);
  }

  /** Any other text of ours, under a title. */
  async showPage(title: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
    this.#texts.set(uri.path, markdown);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** A rule's file without its folders and its ending, which would make the prompt a rule file for the editor. */
function nameOf(ruleId: string): string {
  return ruleId
    .replace(/^.*\//, '')
    .replace(/\.mdc\b/, '')
    .replaceAll(/[^\w.#-]+/g, '-');
}
