import * as vscode from 'vscode';
import type { DeclaredTest, TestFileName } from '../../server/protocol/testDisplay.ts';
import type { TestFileView } from '../../server/protocol/viewState.ts';
import { fileUri } from '../folderUri.ts';
import { buildTestTree, fileNodeId, type KnownTestFile, type TestNode } from './testTree.ts';

interface Known extends KnownTestFile {
  /** It is on the disk, by the last list. */
  readonly isListed: boolean;
}

/** The items of the Test Explorer, and what they stand for. A file is there while it is listed or has results. */
export class TestItems {
  readonly #controller: vscode.TestController;
  readonly #files = new Map<string, Known>();
  readonly #nodes = new Map<string, TestNode>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** The test files of one folder as they are now. */
  list(folder: string, names: readonly TestFileName[]): void {
    const listed = new Set(names.map(({ path }) => fileNodeId(folder, path)));
    for (const [id, file] of [...this.#files])
      if (file.folder === folder && !listed.has(id)) this.#keep(id, { ...file, isListed: false });
    for (const { path, runner } of names) {
      const id = fileNodeId(folder, path);
      const known = this.#files.get(id);
      if (known?.isListed !== true)
        this.#keep(id, { results: [], runner, ...known, folder, path, isListed: true });
    }
  }

  /** What a file declares; undefined: its runner cannot tell. */
  declare(folder: string, path: string, declared: readonly DeclaredTest[] | undefined): void {
    const id = fileNodeId(folder, path);
    const known = this.#files.get(id);
    if (known && declared !== undefined) this.#keep(id, { ...known, declared });
  }

  /** The last results of a file. */
  report(file: TestFileView): void {
    const { folder, path, runner, tests } = file;
    const id = fileNodeId(folder, path);
    this.#keep(id, { isListed: false, ...this.#files.get(id), folder, path, runner, results: tests });
  }

  dropResults(id: string): void {
    const known = this.#files.get(id);
    if (known) this.#keep(id, { ...known, results: [] });
  }

  nodeOf(item: vscode.TestItem): TestNode | undefined {
    return this.#nodes.get(item.id);
  }

  find(id: string): vscode.TestItem | undefined {
    return this.#controller.items.get(id);
  }

  all(): readonly vscode.TestItem[] {
    const items: vscode.TestItem[] = [];
    this.#controller.items.forEach((item) => items.push(item));
    return items;
  }

  /** The items of the tests of a folder that can be told by their ids. */
  tests(folder: string): ReadonlyMap<string, vscode.TestItem> {
    const tests = new Map<string, vscode.TestItem>();
    const visit = (item: vscode.TestItem): void => {
      const node = this.#nodes.get(item.id);
      if (node?.folder === folder && node.testId !== undefined) tests.set(node.testId, item);
      item.children.forEach(visit);
    };
    this.#controller.items.forEach(visit);
    return tests;
  }

  /** Whether somebody has looked into the file, so that what it declares must follow its text. */
  isRead(id: string): boolean {
    return this.#files.get(id)?.declared !== undefined;
  }

  #keep(id: string, file: Known): void {
    if (!file.isListed && file.results.length === 0) {
      this.#files.delete(id);
      this.#controller.items.delete(id);
      return;
    }
    this.#files.set(id, file);
    const tree = buildTestTree(file);
    const item = this.#controller.items.get(id) ?? this.#create(tree);
    // Of a text that cannot be read now the tests are asked for again.
    item.canResolveChildren = file.declared === undefined;
    item.children.replace(tree.children.map((child) => this.#create(child)));
    this.#nodes.set(id, tree);
    this.#controller.items.add(item);
  }

  #create(node: TestNode): vscode.TestItem {
    this.#nodes.set(node.id, node);
    const item = this.#controller.createTestItem(node.id, node.label, fileUri(node.folder, node.path));
    if (node.line !== undefined) item.range = new vscode.Range(node.line, 0, node.line, 0);
    item.children.replace(node.children.map((child) => this.#create(child)));
    return item;
  }
}
