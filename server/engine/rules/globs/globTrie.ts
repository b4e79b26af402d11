import type { CompiledGlob } from './compileGlob.ts';
import { matchSegment, type Segment } from './segment.ts';

/**
 * A place in a tree of globs, segment by segment: globs that begin alike share their beginning. Reading a path means to
 * stand on several places at once; `step` tells where one leads to.
 */
export interface GlobNode<Entry> {
  readonly parent: GlobNode<Entry> | undefined;
  readonly segment: Segment | undefined;
  literals: Map<string, GlobNode<Entry>> | undefined;
  /** By the suffix, for those that begin with a dot or are empty: the others are patterns. */
  suffixes: Map<string, GlobNode<Entry>> | undefined;
  patterns: Map<string, GlobNode<Entry>> | undefined;
  globstar: GlobNode<Entry> | undefined;
  /** Whose globs end here. */
  readonly includes: Entry[];
  readonly excludes: Entry[];
  /** The step that entered it last. */
  mark: number;
}

export type EntryList = 'includes' | 'excludes';

/** Where an entry was put, so that it can be taken out again. */
export interface EntryPlace<Entry> {
  readonly node: GlobNode<Entry>;
  readonly list: EntryList;
}

export function createGlobTrie<Entry>(): GlobNode<Entry> {
  return createNode<Entry>(undefined, undefined);
}

export function insertGlob<Entry>(
  root: GlobNode<Entry>,
  glob: CompiledGlob,
  entry: Entry,
): readonly EntryPlace<Entry>[] {
  const list = glob.negated ? 'excludes' : 'includes';
  return glob.alternatives.map((segments) => {
    const node = segments.reduce(descend, root);
    node[list].push(entry);
    return { node, list };
  });
}

/** Also removes the nodes that led to this entry alone. */
export function removeEntry<Entry>({ node, list }: EntryPlace<Entry>, entry: Entry): void {
  const entries = node[list];
  const at = entries.indexOf(entry);
  const last = entries.pop();
  if (last !== undefined && last !== entry && at >= 0) entries[at] = last;
  for (let each: GlobNode<Entry> | undefined = node; each !== undefined && isEmpty(each); each = each.parent)
    detach(each);
}

/** One name of a path; `tick` is another for each step. */
export interface Step<Entry> {
  readonly name: string;
  readonly tick: number;
  /** What is reached by it. */
  readonly next: GlobNode<Entry>[];
}

export function step<Entry>(node: GlobNode<Entry>, { name, tick, next }: Step<Entry>): void {
  if (node.segment?.kind === 'globstar') enter(node, tick, next);
  const literal = node.literals?.get(name);
  if (literal !== undefined) enter(literal, tick, next);
  if (node.suffixes !== undefined) enterSuffixes(node.suffixes, { name, tick, next });
  if (node.patterns === undefined) return;
  for (const child of node.patterns.values()) {
    if (child.segment !== undefined && matchSegment(child.segment, name)) enter(child, tick, next);
  }
}

/** `**` also stands for no folder, so it is entered with its parent. */
export function enter<Entry>(node: GlobNode<Entry>, tick: number, next: GlobNode<Entry>[]): void {
  if (node.mark === tick) return;
  node.mark = tick;
  next.push(node);
  if (node.globstar !== undefined) enter(node.globstar, tick, next);
}

function enterSuffixes<Entry>(
  suffixes: ReadonlyMap<string, GlobNode<Entry>>,
  { name, tick, next }: Step<Entry>,
): void {
  const any = suffixes.get('');
  if (any !== undefined) enter(any, tick, next);
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    const node = suffixes.get(name.slice(at));
    if (node !== undefined) enter(node, tick, next);
  }
}

function createNode<Entry>(
  parent: GlobNode<Entry> | undefined,
  segment: Segment | undefined,
): GlobNode<Entry> {
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

function descend<Entry>(parent: GlobNode<Entry>, segment: Segment): GlobNode<Entry> {
  if (segment.kind === 'globstar') return (parent.globstar ??= createNode(parent, segment));
  const { children, key } = findSlot(parent, segment);
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = createNode(parent, segment);
  children.set(key, node);
  return node;
}

interface Slot<Entry> {
  readonly children: Map<string, GlobNode<Entry>>;
  readonly key: string;
}

function findSlot<Entry>(
  parent: GlobNode<Entry>,
  segment: Exclude<Segment, { kind: 'globstar' }>,
): Slot<Entry> {
  if (segment.kind === 'literal') return { children: (parent.literals ??= new Map()), key: segment.text };
  if (segment.kind === 'pattern') return { children: (parent.patterns ??= new Map()), key: segment.source };
  if (isIndexedSuffix(segment.suffix))
    return { children: (parent.suffixes ??= new Map()), key: segment.suffix };
  return { children: (parent.patterns ??= new Map()), key: `*${segment.suffix}` };
}

function isIndexedSuffix(suffix: string): boolean {
  return suffix === '' || suffix.startsWith('.');
}

function isEmpty<Entry>(node: GlobNode<Entry>): boolean {
  const hasChildren = [node.literals, node.suffixes, node.patterns].some(
    (map) => map !== undefined && map.size > 0,
  );
  return !hasChildren && !node.globstar && node.includes.length === 0 && node.excludes.length === 0;
}

function detach<Entry>(node: GlobNode<Entry>): void {
  const { parent, segment } = node;
  if (parent === undefined || segment === undefined) return;
  if (segment.kind === 'globstar') {
    if (parent.globstar === node) parent.globstar = undefined;
    return;
  }
  const { children, key } = findSlot(parent, segment);
  if (children.get(key) === node) children.delete(key);
}
