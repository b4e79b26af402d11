import { createFolderMatcher, createRootMatcher, type Entry, type FolderMatcher } from './folderMatcher.ts';
import { readGlobList } from './globList.ts';
import { createGlobTrie, insertGlob, removeEntry, type GlobNode } from './globTrie.ts';

/** Tells which of many rules have globs that match a path, in time that hardly grows with their number. */
export interface GlobIndex {
  /** No globs, or only excluding ones, mean every file under the scope. Globs that cannot be used match nothing. */
  add(rule: GlobbedRule): void;
  /** A rule that is not there is no fault. */
  remove(id: string): void;
  /** Ids, in no particular order. */
  match(path: string): readonly string[];
}

export interface GlobbedRule {
  readonly id: string;
  readonly globs: readonly string[];
  /** The folder that the globs are relative to; empty for the workspace folder. */
  readonly scope: string;
}

// What is asked about lies in few folders at a time; the one that was added first is dropped first.
const maxFolders = 512;

export function createGlobIndex(): GlobIndex {
  const trie = createGlobTrie<Entry>();
  const entries = new Map<string, Entry>();
  const ticks = { last: 0 };
  const folders = new Map<string, FolderMatcher>();
  const matcherOf = (folder: string): FolderMatcher => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const slash = folder.lastIndexOf('/');
    const matcher =
      folder === ''
        ? createRootMatcher(trie, ticks)
        : createFolderMatcher(
            matcherOf(folder.slice(0, Math.max(slash, 0))).descend(folder.slice(slash + 1)),
            ticks,
          );
    if (folders.size >= maxFolders) dropFirst(folders);
    folders.set(folder, matcher);
    return matcher;
  };
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    folders.clear();
    entries.delete(id);
    for (const place of entry.places) removeEntry(place, entry);
  };
  return {
    add: (rule) => {
      remove(rule.id);
      folders.clear();
      entries.set(rule.id, insertRule(trie, rule));
    },
    remove,
    match: (path) => {
      const slash = path.lastIndexOf('/');
      return matcherOf(path.slice(0, Math.max(slash, 0))).match(path.slice(slash + 1));
    },
  };
}

function insertRule(trie: GlobNode<Entry>, { id, globs, scope }: GlobbedRule): Entry {
  const entry = { id, places: [] };
  const places = readGlobList(globs, scope).flatMap((glob) => insertGlob(trie, glob, entry));
  return Object.assign(entry, { places });
}

function dropFirst(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
