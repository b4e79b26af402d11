import { splitPath } from './compileGlob.ts';
import { readGlobList } from './globList.ts';
import {
  createGlobTrie,
  enter,
  insertGlob,
  removeEntry,
  step,
  type EntryPlace,
  type GlobNode,
} from './globTrie.ts';

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

export function createGlobIndex(): GlobIndex {
  const root = createGlobTrie<Entry>();
  const entries = new Map<string, Entry>();
  let tick = 0;
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    for (const place of entry.places) removeEntry(place, entry);
  };
  return {
    add: (rule) => {
      remove(rule.id);
      entries.set(rule.id, insertRule(root, rule));
    },
    remove,
    match: (path) => {
      const names = splitPath(path);
      // Marks of earlier calls are smaller than any of this one: one for each depth.
      const firstTick = tick + 1;
      tick += names.length + 2;
      return collect(walk(root, names, firstTick), tick);
    },
  };
}

interface Entry {
  readonly id: string;
  readonly places: EntryPlace<Entry>[];
  includedAt: number;
  excludedAt: number;
}

function insertRule(root: GlobNode<Entry>, rule: GlobbedRule): Entry {
  const entry: Entry = { id: rule.id, places: [], includedAt: 0, excludedAt: 0 };
  for (const glob of readGlobList(rule.globs, rule.scope))
    entry.places.push(...insertGlob(root, glob, entry));
  return entry;
}

/** All nodes that are reached when the whole path is read. */
function walk(
  root: GlobNode<Entry>,
  names: readonly string[],
  firstTick: number,
): readonly GlobNode<Entry>[] {
  let reached: GlobNode<Entry>[] = [];
  enter(root, firstTick, reached);
  for (let depth = 0; depth < names.length && reached.length > 0; depth += 1) {
    const next: GlobNode<Entry>[] = [];
    const name = names[depth] ?? '';
    for (const node of reached) step(node, { name, tick: firstTick + depth + 1, next });
    reached = next;
  }
  return reached;
}

function collect(reached: readonly GlobNode<Entry>[], tick: number): readonly string[] {
  const included: Entry[] = [];
  for (const node of reached) {
    for (const entry of node.excludes) entry.excludedAt = tick;
    for (const entry of node.includes) {
      if (entry.includedAt === tick) continue;
      entry.includedAt = tick;
      included.push(entry);
    }
  }
  const ids: string[] = [];
  for (const entry of included) if (entry.excludedAt !== tick) ids.push(entry.id);
  return ids;
}
