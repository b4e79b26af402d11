import { compileGlob, splitPath, type CompiledGlob } from './compileGlob.ts';
import { matchSegment, type Segment } from './segment.ts';
import { widenGlob } from './scopedGlob.ts';

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
  const root = createNode(undefined, undefined);
  const entries = new Map<string, Entry>();
  let tick = 0;
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    for (const { node, list } of entry.places) removeFrom(node, list, entry);
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
  readonly places: { readonly node: Node; readonly list: 'includes' | 'excludes' }[];
  includedAt: number;
  excludedAt: number;
}

interface Node {
  readonly parent: Node | undefined;
  readonly segment: Segment | undefined;
  literals: Map<string, Node> | undefined;
  /** By the suffix, for those that begin with a dot or are empty: the others are patterns. */
  suffixes: Map<string, Node> | undefined;
  patterns: Map<string, Node> | undefined;
  globstar: Node | undefined;
  readonly includes: Entry[];
  readonly excludes: Entry[];
  mark: number;
}

function createNode(parent: Node | undefined, segment: Segment | undefined): Node {
  return {
    parent,
    segment,
    literals: undefined,
    suffixes: undefined,
    patterns: undefined,
    globstar: undefined,
    includes: [],
    excludes: [],
    mark: 0,
  };
}

function insertRule(root: Node, rule: GlobbedRule): Entry {
  const entry: Entry = { id: rule.id, places: [], includedAt: 0, excludedAt: 0 };
  const written = rule.globs.length > 0 ? rule.globs : ['**'];
  const usable = written.map((glob) => compileGlob(glob)).filter((each) => each.kind === 'compiled');
  const onlyExcludes = usable.length === written.length && usable.every(({ glob }) => glob.negated);
  for (const { glob } of usable) place(root, entry, widenGlob(glob, rule.scope));
  if (onlyExcludes) place(root, entry, widenGlob(everything, rule.scope));
  return entry;
}

const everything: CompiledGlob = { negated: false, alternatives: [[{ kind: 'globstar' }]] };

function place(root: Node, entry: Entry, glob: CompiledGlob): void {
  const list = glob.negated ? 'excludes' : 'includes';
  for (const segments of glob.alternatives) {
    const node = segments.reduce(descend, root);
    node[list].push(entry);
    entry.places.push({ node, list });
  }
}

function descend(parent: Node, segment: Segment): Node {
  if (segment.kind === 'globstar') return (parent.globstar ??= createNode(parent, segment));
  const { children, key } = findSlot(parent, segment);
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = createNode(parent, segment);
  children.set(key, node);
  return node;
}

function findSlot(
  parent: Node,
  segment: Exclude<Segment, { kind: 'globstar' }>,
): { readonly children: Map<string, Node>; readonly key: string } {
  if (segment.kind === 'literal') return { children: (parent.literals ??= new Map()), key: segment.text };
  if (segment.kind === 'pattern') return { children: (parent.patterns ??= new Map()), key: segment.source };
  if (isIndexedSuffix(segment.suffix))
    return { children: (parent.suffixes ??= new Map()), key: segment.suffix };
  return { children: (parent.patterns ??= new Map()), key: `*${segment.suffix}` };
}

function isIndexedSuffix(suffix: string): boolean {
  return suffix === '' || suffix.startsWith('.');
}

function removeFrom(node: Node, list: 'includes' | 'excludes', entry: Entry): void {
  const entries = node[list];
  const at = entries.indexOf(entry);
  const last = entries.pop();
  if (last !== undefined && last !== entry && at >= 0) entries[at] = last;
  for (let each: Node | undefined = node; each !== undefined && isEmpty(each); each = each.parent)
    detach(each);
}

function isEmpty(node: Node): boolean {
  const hasChildren = [node.literals, node.suffixes, node.patterns].some(
    (map) => map !== undefined && map.size > 0,
  );
  return !hasChildren && !node.globstar && node.includes.length === 0 && node.excludes.length === 0;
}

function detach(node: Node): void {
  const { parent, segment } = node;
  if (parent === undefined || segment === undefined) return;
  if (segment.kind === 'globstar') {
    if (parent.globstar === node) parent.globstar = undefined;
    return;
  }
  const { children, key } = findSlot(parent, segment);
  if (children.get(key) === node) children.delete(key);
}

/** All nodes that are reached when the whole path is read. */
function walk(root: Node, names: readonly string[], firstTick: number): readonly Node[] {
  let reached: Node[] = [];
  enter(root, firstTick, reached);
  for (let depth = 0; depth < names.length && reached.length > 0; depth += 1) {
    const next: Node[] = [];
    const name = names[depth] ?? '';
    for (const node of reached) step(node, { name, tick: firstTick + depth + 1, next });
    reached = next;
  }
  return reached;
}

interface Step {
  readonly name: string;
  readonly tick: number;
  readonly next: Node[];
}

function step(node: Node, { name, tick, next }: Step): void {
  if (node.segment?.kind === 'globstar') enter(node, tick, next);
  const literal = node.literals?.get(name);
  if (literal !== undefined) enter(literal, tick, next);
  if (node.suffixes !== undefined) enterSuffixes(node.suffixes, { name, tick, next });
  if (node.patterns === undefined) return;
  for (const child of node.patterns.values()) {
    if (child.segment !== undefined && matchSegment(child.segment, name)) enter(child, tick, next);
  }
}

function enterSuffixes(suffixes: ReadonlyMap<string, Node>, { name, tick, next }: Step): void {
  const any = suffixes.get('');
  if (any !== undefined) enter(any, tick, next);
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    const node = suffixes.get(name.slice(at));
    if (node !== undefined) enter(node, tick, next);
  }
}

/** `**` also stands for no folder, so it is entered with its parent. */
function enter(node: Node, tick: number, next: Node[]): void {
  if (node.mark === tick) return;
  node.mark = tick;
  next.push(node);
  if (node.globstar !== undefined) enter(node.globstar, tick, next);
}

function collect(reached: readonly Node[], tick: number): readonly string[] {
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
