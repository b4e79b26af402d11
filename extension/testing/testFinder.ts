import * as vscode from 'vscode';
import { listDeclaredTests, listTestFiles } from '../../server/protocol/testRequests.ts';
import type { Host } from '../commands/command.ts';
import type { TestItems } from './testItems.ts';
import { fileNodeId } from './testTree.ts';

/** Files that come and go in a burst are looked at once. */
const quietMs = 400;
const elsewhere = /\/(?:\.git|\.codegen-lab|node_modules|__pycache__|\.venv)(?:\/|$)/;

/** Keeps the list of tests as the disk and the texts have them, from the moment when somebody opens the Test Explorer. */
export class TestFinder implements vscode.Disposable {
  readonly #host: Host;
  readonly #items: TestItems;
  readonly #following: vscode.Disposable;
  #isListed = false;
  #listing: NodeJS.Timeout | undefined;

  constructor(host: Host, items: TestItems) {
    this.#host = host;
    this.#items = items;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const note = (uri: vscode.Uri): void => {
      if (!elsewhere.test(uri.path)) this.#listSoon();
    };
    this.#following = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(note),
      watcher.onDidDelete(note),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#listSoon()),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.#readAgain(uri)),
      vscode.window.onDidChangeActiveTextEditor((editor) => void this.#readShown(editor)),
    );
  }

  dispose(): void {
    clearTimeout(this.#listing);
    this.#following.dispose();
  }

  /** All test files of all folders. */
  async list(): Promise<void> {
    this.#isListed = true;
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const folder = uri.fsPath;
      this.#items.list(folder, await this.#host.server.request(listTestFiles, { folder }));
    }
    await this.#readShown(vscode.window.activeTextEditor);
  }

  /** What the file of an item declares. */
  async read(item: vscode.TestItem): Promise<void> {
    const node = this.#items.nodeOf(item);
    if (node?.kind !== 'file') return;
    item.busy = true;
    try {
      const { folder, path } = node;
      const tests = await this.#host.server.request(listDeclaredTests, { folder, path });
      this.#items.declare(folder, path, tests);
    } finally {
      item.busy = false;
    }
  }

  /** Nobody has opened the Test Explorer yet: then there is no list to keep. */
  #listSoon(): void {
    if (!this.#isListed) return;
    clearTimeout(this.#listing);
    this.#listing = setTimeout(() => void this.list().catch(this.#log), quietMs);
  }

  /** A test file in front shows its tests in the margin. */
  async #readShown(editor: vscode.TextEditor | undefined): Promise<void> {
    const id = editor && idOf(editor.document.uri);
    const item = id === undefined || this.#items.isRead(id) ? undefined : this.#items.find(id);
    if (item) await this.read(item).catch(this.#log);
  }

  async #readAgain(uri: vscode.Uri): Promise<void> {
    const id = idOf(uri);
    const item = id !== undefined && this.#items.isRead(id) ? this.#items.find(id) : undefined;
    if (item) await this.read(item).catch(this.#log);
  }

  readonly #log = (error: unknown): void => {
    this.#host.output.error(error instanceof Error ? error.message : String(error));
  };
}

function idOf(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && fileNodeId(folder.uri.fsPath, vscode.workspace.asRelativePath(uri, false));
}
