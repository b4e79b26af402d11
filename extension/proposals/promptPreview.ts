import * as vscode from 'vscode';

const scheme = 'codegen-lab-prompt';

/** Shows prompts as they are sent, and pages of ours as they are read. */
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

  /** A prompt as a read-only document: every character of it counts. */
  async show(ruleId: string, markdown: string): Promise<void> {
    const uri = this.#keep(`Prompt of ${nameOf(ruleId)}`, markdown);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Any other text of ours under a title, rendered: its tables are wide. */
  async showPage(title: string, markdown: string): Promise<void> {
    const uri = this.#keep(title, markdown);
    await vscode.workspace.openTextDocument(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  #keep(title: string, markdown: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
    this.#texts.set(uri.path, markdown);
    this.#changed.fire(uri);
    return uri;
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
