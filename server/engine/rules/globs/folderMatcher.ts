import {
  enter,
  step,
  stepByAny,
  stepByName,
  stepByPattern,
  stepByTail,
  type EntryPlace,
  type GlobNode,
} from './globTrie.ts';

/** A rule in the index. */
export interface Entry {
  readonly id: string;
  readonly places: readonly EntryPlace<Entry>[];
}

type Node = GlobNode<Entry>;

/** Gives every step a number of its own. */
export interface Ticks {
  last: number;
}

/**
 * Which rules the files of one folder belong to. All that files of one ending have in common is put together once, so
 * that a file costs what its name alone adds.
 */
export interface FolderMatcher {
  /** Ids without repetition. The list may be given to others too. */
  match(name: string): readonly string[];
  /** The nodes that a folder in this one leads to. */
  descend(folder: string): readonly Node[];
}

// Names with dates or hashes between their dots may have any number of endings.
const maxEndings = 64;

/** `nodes`: where the globs stand that lead into the folder. */
export function createFolderMatcher(nodes: readonly Node[], ticks: Ticks): FolderMatcher {
  const byEnding = new Map<string, Ending>();
  const named = nodes.filter(({ literals, prefixes }) => literals !== undefined || prefixes !== undefined);
  return {
    match: (name) => {
      const dot = name.indexOf('.');
      const tail = dot < 0 ? '' : name.slice(dot);
      let ending = byEnding.get(tail);
      if (ending === undefined) {
        if (byEnding.size >= maxEndings) byEnding.clear();
        byEnding.set(tail, (ending = createEnding(nodes, tail, ticks)));
      }
      const next: Node[] = [];
      const taken = { name, tick: (ticks.last += 1), next };
      for (const node of named) stepByName(node, taken);
      for (const child of ending.patterns) stepByPattern(child, taken);
      for (const child of ending.patternsByStart.get(name.charCodeAt(0)) ?? none) stepByPattern(child, taken);
      return next.length === 0 ? ending.ids : addNamed(ending, next);
    },
    descend: (folder) => {
      const next: Node[] = [];
      const taken = { name: folder, tick: (ticks.last += 1), next };
      for (const node of nodes) step(node, taken);
      return next;
    },
  };
}

/** What holds for every name that is alike from its first dot on. */
interface Ending {
  readonly included: ReadonlySet<Entry>;
  readonly excluded: ReadonlySet<Entry>;
  /** Of those that are included and not excluded. */
  readonly ids: readonly string[];
  /** Children of the folder's nodes that such a name may match, whatever its first character is. */
  readonly patterns: readonly Node[];
  /** The others, by the code of their first character. */
  readonly patternsByStart: ReadonlyMap<number, readonly Node[]>;
}

const none: readonly Node[] = [];

function createEnding(folder: readonly Node[], tail: string, ticks: Ticks): Ending {
  const next: Node[] = [];
  const taken = { name: tail, tick: (ticks.last += 1), next };
  for (const node of folder) {
    stepByAny(node, taken);
    stepByTail(node, taken);
  }
  const patterns: Node[] = [];
  const patternsByStart = new Map<number, Node[]>();
  for (const node of folder) {
    for (const child of node.patterns?.values() ?? none) {
      if (!mayEndSo(child, tail)) continue;
      const start = child.segment?.kind === 'pattern' ? child.segment.head : '';
      if (start === '') patterns.push(child);
      else pushTo(patternsByStart, start.charCodeAt(0), child);
    }
  }
  const { included, excluded } = gather(next);
  return { included, excluded, ids: idsOf(included, excluded), patterns, patternsByStart };
}

function pushTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Whether a name may match that has `tail` from its first dot on. */
function mayEndSo({ segment }: Node, tail: string): boolean {
  if (segment?.kind !== 'pattern' && segment?.kind !== 'suffix') return false;
  const wanted = segment.kind === 'suffix' ? segment.suffix : segment.tail;
  return tail.endsWith(wanted) || wanted.endsWith(tail);
}

function addNamed({ included, excluded, ids }: Ending, named: readonly Node[]): readonly string[] {
  if (excluded.size > 0 || named.some(({ excludes }) => excludes.length > 0)) {
    const more = gather(named);
    return idsOf(new Set([...included, ...more.included]), new Set([...excluded, ...more.excluded]));
  }
  const added = new Set<string>();
  for (const { includes } of named) {
    for (const entry of includes) if (!included.has(entry)) added.add(entry.id);
  }
  return added.size === 0 ? ids : ids.concat([...added]);
}

function gather(nodes: readonly Node[]): Pick<Ending, 'included' | 'excluded'> {
  const included = new Set<Entry>();
  const excluded = new Set<Entry>();
  for (const { includes, excludes } of nodes) {
    for (const entry of includes) included.add(entry);
    for (const entry of excludes) excluded.add(entry);
  }
  return { included, excluded };
}

function idsOf(included: ReadonlySet<Entry>, excluded: ReadonlySet<Entry>): readonly string[] {
  const entries = [...included];
  return (excluded.size === 0 ? entries : entries.filter((entry) => !excluded.has(entry))).map(
    ({ id }) => id,
  );
}

/** The matcher of the workspace folder itself. */
export function createRootMatcher(trie: Node, ticks: Ticks): FolderMatcher {
  const start: Node[] = [];
  enter(trie, (ticks.last += 1), start);
  return createFolderMatcher(start, ticks);
}
