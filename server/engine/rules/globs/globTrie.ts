import type { CompiledGlob } from './compileGlob.ts';
import { matchSegment, type Segment } from './segment.ts';

/**
 * A place in a tree of globs, segment by segment: globs that begin alike share their beginning. Reading a path means to
 * stand on several places at once; `step` tells where one leads to.
 */
export interface GlobNode<Entry> {
  readonly parent: GlobNode<Entry> | undefined;
  readonly segment: Segment | undefined;
  globstar: GlobNode<Entry> | undefined;
  literals: NodesByText<Entry> | undefined;
  /** `*` and `*.ts`: by the text after the star, which is empty or begins with a dot. */
  suffixes: NodesByText<Entry> | undefined;
  /** `jest.config.*`: by the text before the star, which ends with a dot. */
  prefixes: NodesByText<Entry> | undefined;
  /** All others, by their source. */
  patterns: NodesByText<Entry> | undefined;
  /** Whose globs end here. */
  readonly includes: Entry[];
  readonly excludes: Entry[];
  /** The step that entered it last. */
  mark: number;
}

type NodesByText<Entry> = Map<string, GlobNode<Entry>>;

/** Where an entry was put, so that it can be taken out again. */
export interface EntryPlace<Entry> {
  readonly node: GlobNode<Entry>;
  readonly list: 'includes' | 'excludes';
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

/** Where one name leads to: whatever it is, by its dots, and by the whole of it. */
export function step<Entry>(node: GlobNode<Entry>, taken: Step<Entry>): void {
  stepByAny(node, taken);
  stepByTail(node, taken);
  stepByName(node, taken);
  if (node.patterns === undefined) return;
  for (const child of node.patterns.values()) stepByPattern(child, taken);
}

/** What every name leads to. */
export function stepByAny<Entry>(node: GlobNode<Entry>, { tick, next }: Omit<Step<Entry>, 'name'>): void {
  if (node.segment?.kind === 'globstar') enter(node, tick, next);
  const any = node.suffixes?.get('');
  if (any !== undefined) enter(any, tick, next);
}

/** What all names lead to that are alike from their first dot on. */
export function stepByTail<Entry>({ suffixes }: GlobNode<Entry>, { name, tick, next }: Step<Entry>): void {
  if (suffixes === undefined) return;
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    const child = suffixes.get(name.slice(at));
    if (child !== undefined) enter(child, tick, next);
  }
}

/** What this name alone leads to, patterns left aside. */
export function stepByName<Entry>(
  { literals, prefixes }: GlobNode<Entry>,
  { name, tick, next }: Step<Entry>,
): void {
  const literal = literals?.get(name);
  if (literal !== undefined) enter(literal, tick, next);
  if (prefixes === undefined) return;
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    const child = prefixes.get(name.slice(0, at + 1));
    if (child !== undefined) enter(child, tick, next);
  }
}

/** `child` is one of a node's patterns. */
export function stepByPattern<Entry>(child: GlobNode<Entry>, { name, tick, next }: Step<Entry>): void {
  if (child.segment !== undefined && matchSegment(child.segment, name)) enter(child, tick, next);
}

/** `**` also stands for no folder, so it is entered with its parent. */
export function enter<Entry>(node: GlobNode<Entry>, tick: number, next: GlobNode<Entry>[]): void {
  if (node.mark === tick) return;
  node.mark = tick;
  next.push(node);
  if (node.globstar !== undefined) enter(node.globstar, tick, next);
}

function createNode<Entry>(
  parent: GlobNode<Entry> | undefined,
  segment: Segment | undefined,
): GlobNode<Entry> {
  return {
    parent,
    segment,
    globstar: undefined,
    literals: undefined,
    suffixes: undefined,
    prefixes: undefined,
    patterns: undefined,
    includes: [],
    excludes: [],
    mark: 0,
  };
}

function descend<Entry>(parent: GlobNode<Entry>, segment: Segment): GlobNode<Entry> {
  if (segment.kind === 'globstar') return (parent.globstar ??= createNode(parent, segment));
  const { kind, key } = findSlot(segment);
  const children = (parent[kind] ??= new Map<string, GlobNode<Entry>>());
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = createNode(parent, segment);
  children.set(key, node);
  return node;
}

interface Slot {
  readonly kind: 'literals' | 'suffixes' | 'prefixes' | 'patterns';
  readonly key: string;
}

function findSlot(segment: Exclude<Segment, { kind: 'globstar' }>): Slot {
  if (segment.kind === 'literal') return { kind: 'literals', key: segment.text };
  if (segment.kind === 'suffix') {
    const { suffix } = segment;
    if (suffix === '' || suffix.startsWith('.')) return { kind: 'suffixes', key: suffix };
    // No source holds NUL: `*a\\?` ends with a question mark, `*a?` with any character.
    return { kind: 'patterns', key: `*\0${suffix}` };
  }
  const { head, tail, isStar, source } = segment;
  if (isStar && tail === '' && head.endsWith('.')) return { kind: 'prefixes', key: head };
  return { kind: 'patterns', key: source };
}

function isEmpty<Entry>(node: GlobNode<Entry>): boolean {
  if (node.globstar !== undefined || node.includes.length > 0 || node.excludes.length > 0) return false;
  return [node.literals, node.suffixes, node.prefixes, node.patterns].every((map) => (map?.size ?? 0) === 0);
}

function detach<Entry>(node: GlobNode<Entry>): void {
  const { parent, segment } = node;
  if (parent === undefined || segment === undefined) return;
  if (segment.kind === 'globstar') {
    if (parent.globstar === node) parent.globstar = undefined;
    return;
  }
  const { kind, key } = findSlot(segment);
  if (parent[kind]?.get(key) === node) parent[kind].delete(key);
}
