import { splitPath } from './compileGlob.ts';
import { readGlobList } from './globList.ts';
import { createGlobTrie, enter, insertGlob, step, type GlobNode } from './globTrie.ts';

/** Files by folder, so that a glob looks only into folders that it can reach. */
export interface FileTree {
  readonly root: Folder;
  has(path: string): boolean;
  paths(): readonly string[];
  /** False if it was there already. */
  add(path: string): boolean;
  /** The files that were removed: the path itself, or all in it when it is a folder. */
  remove(fileOrFolder: string): readonly string[];
}

export interface Folder {
  readonly folders: Map<string, Folder>;
  /** Name to path. */
  readonly files: Map<string, string>;
}

export function createFileTree(paths: readonly string[]): FileTree {
  const root = createFolder();
  const known = new Set<string>();
  const add = (path: string): boolean => {
    if (known.has(path)) return false;
    known.add(path);
    const { folder, name } = locate(path);
    makeFolder(root, folder).files.set(name, path);
    return true;
  };
  for (const path of paths) add(path);
  return {
    root,
    has: (path) => known.has(path),
    paths: () => [...known],
    add,
    remove: (fileOrFolder) => {
      const removed = detach(root, fileOrFolder);
      for (const path of removed) known.delete(path);
      return removed;
    },
  };
}

/** The files that a rule with these globs is about, in no particular order. */
export function findMatches(root: Folder, globs: readonly string[], scope: string): readonly string[] {
  const trie = createGlobTrie<true>();
  for (const glob of readGlobList(globs, scope)) insertGlob(trie, glob, true);
  const start: GlobNode<true>[] = [];
  enter(trie, 1, start);
  const found: string[] = [];
  let tick = 1;
  const advance = (nodes: readonly GlobNode<true>[], name: string): readonly GlobNode<true>[] => {
    const next: GlobNode<true>[] = [];
    tick += 1;
    for (const node of nodes) step(node, { name, tick, next });
    return next;
  };
  const visit = (folder: Folder, nodes: readonly GlobNode<true>[]): void => {
    for (const [name, path] of folder.files) if (accepts(advance(nodes, name))) found.push(path);
    for (const [name, inner] of folder.folders) {
      const next = advance(nodes, name);
      if (next.length > 0) visit(inner, next);
    }
  };
  visit(root, start);
  return found;
}

function accepts(nodes: readonly GlobNode<true>[]): boolean {
  return nodes.some((node) => node.includes.length > 0) && nodes.every((node) => node.excludes.length === 0);
}

function createFolder(): Folder {
  return { folders: new Map(), files: new Map() };
}

function locate(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

function namesOf(folder: string): readonly string[] {
  return folder === '' ? [] : splitPath(folder);
}

function makeFolder(root: Folder, path: string): Folder {
  let folder = root;
  for (const name of namesOf(path)) {
    let next = folder.folders.get(name);
    if (next === undefined) folder.folders.set(name, (next = createFolder()));
    folder = next;
  }
  return folder;
}

function detach(root: Folder, path: string): readonly string[] {
  const { folder, name } = locate(path);
  const above = [root];
  for (const each of namesOf(folder)) {
    const next = above.at(-1)?.folders.get(each);
    if (next === undefined) return [];
    above.push(next);
  }
  const parent = above.at(-1) ?? root;
  const inner = parent.folders.get(name);
  const removed = [...(parent.files.has(name) ? [path] : []), ...(inner === undefined ? [] : filesOf(inner))];
  parent.files.delete(name);
  parent.folders.delete(name);
  dropEmpty(above, namesOf(folder));
  return removed;
}

function dropEmpty(above: readonly Folder[], names: readonly string[]): void {
  for (let depth = names.length; depth > 0; depth -= 1) {
    const folder = above[depth];
    if (folder === undefined || folder.files.size > 0 || folder.folders.size > 0) return;
    above[depth - 1]?.folders.delete(names[depth - 1] ?? '');
  }
}

function filesOf(folder: Folder): readonly string[] {
  return [...folder.files.values(), ...[...folder.folders.values()].flatMap(filesOf)];
}
