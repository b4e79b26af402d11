import type { Span } from '../../documents/span.ts';
import type { RuleProblem } from '../rule.ts';
import { findComponents } from './findComponents.ts';
import { mergeLineages } from './mergeLineages.ts';

/** A parent that was found, and where it was written. */
export interface ParentLink {
  /** Id of the parent's file rule. */
  readonly id: string;
  readonly span: Span;
}

/** From whom a rule inherits. */
export interface Lineage {
  /** In C3 order, the rule itself first. */
  readonly ids: readonly string[];
  /** The parents that count, in the order written. */
  readonly parents: readonly string[];
  /** Longest way up, in steps. */
  readonly depth: number;
  /** Of its own references. */
  readonly problems: readonly RuleProblem[];
}

export interface LineageWorld {
  /** The parents that were found, in the order written; none for a rule that is not there. */
  parentsOf(id: string): readonly ParentLink[];
  /** How a rule is called in messages. */
  nameOf(id: string): string;
  /** Lineages that are known already; those that are worked out are added. */
  readonly known: Map<string, Lineage>;
}

const maxDepth = 32;
/** In larger ones nobody looks for a shortest way round. */
const maxKnot = 200;

/** Works out the lineage of a rule, and with it those of all that it inherits from. */
export function resolveLineage(id: string, world: LineageWorld): Lineage {
  const done = world.known.get(id);
  if (done !== undefined) return done;
  const edgesOf = (each: string): readonly string[] => world.parentsOf(each).map((link) => link.id);
  for (const knot of findComponents(id, edgesOf, (each) => world.known.has(each))) {
    // Of a knot all members are worked out before one is known, so that the order of asking changes nothing.
    const members = new Set(knot);
    const lineages = knot.map((each) => linearise(each, world, members));
    for (const [index, lineage] of lineages.entries()) world.known.set(knot[index] ?? '', lineage);
  }
  return world.known.get(id) ?? { ids: [id], parents: [], depth: 0, problems: [] };
}

function linearise(id: string, world: LineageWorld, knot: ReadonlySet<string>): Lineage {
  const links = world.parentsOf(id);
  if (links.length === 0) return { ids: [id], parents: [], depth: 0, problems: [] };
  const problems: RuleProblem[] = [];
  const parents: string[] = [];
  let ids: readonly string[] = [];
  let depth = 0;
  for (const link of links) {
    const fault = findCycle(id, link, world, knot) ?? findDepthFault(id, link, world);
    if (fault !== undefined) {
      problems.push(fault);
      continue;
    }
    const known = world.known.get(link.id);
    if (known === undefined) continue;
    const together = [...parents, link.id];
    const merged = mergeLineages([...together.map((parent) => lineageIds(parent, world)), together]);
    if (merged === undefined) {
      problems.push(inconsistent(link, parents, world));
      continue;
    }
    ids = merged;
    parents.push(link.id);
    depth = Math.max(depth, known.depth + 1);
  }
  return { ids: [id, ...ids], parents, depth, problems };
}

function lineageIds(id: string, world: LineageWorld): readonly string[] {
  return world.known.get(id)?.ids ?? [id];
}

/** All references of a cycle are errors: none of them is more to blame than the others. */
function findCycle(
  id: string,
  link: ParentLink,
  world: LineageWorld,
  knot: ReadonlySet<string>,
): RuleProblem | undefined {
  if (!knot.has(link.id)) return undefined;
  const way = knot.size > maxKnot ? [link.id, '…', id] : (findWay(link.id, id, world) ?? []);
  const chain = renderChain([id, ...way], world);
  const message =
    link.id === id
      ? 'A rule cannot extend itself: name another one, or drop this.'
      : `These rules extend one another: ${chain}. Take one of the references out; until then none of them inherits along it.`;
  return { code: 'rule.cyclic-parent', severity: 'error', message, span: link.span };
}

/** The shortest way up from one rule to another, both included. */
function findWay(from: string, to: string, world: LineageWorld): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const each of cameFrom.keys()) {
    if (each === to) return wayBack(each, cameFrom);
    for (const parent of world.parentsOf(each)) {
      if (!cameFrom.has(parent.id)) cameFrom.set(parent.id, each);
    }
  }
  return undefined;
}

function wayBack(end: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way: string[] = [];
  for (let each: string | undefined = end; each !== undefined; each = cameFrom.get(each)) way.unshift(each);
  return way;
}

function findDepthFault(id: string, link: ParentLink, world: LineageWorld): RuleProblem | undefined {
  const known = world.known.get(link.id);
  if (known === undefined || known.depth < maxDepth) return undefined;
  const chain = renderChain([id, ...longestWay(link.id, world)], world);
  const message = `A rule inherits over at most ${maxDepth} steps, and this is one more: ${chain}. Extend a rule further up.`;
  return { code: 'rule.parents-too-deep', severity: 'error', message, span: link.span };
}

function longestWay(id: string, world: LineageWorld): readonly string[] {
  const way = [id];
  for (let known = world.known.get(id); known !== undefined && known.depth > 0;) {
    const { depth, parents } = known;
    const next = parents.find((parent) => world.known.get(parent)?.depth === depth - 1);
    if (next === undefined) break;
    way.push(next);
    known = world.known.get(next);
  }
  return way;
}

function inconsistent(link: ParentLink, before: readonly string[], world: LineageWorld): RuleProblem {
  const name = world.nameOf(link.id);
  const conflict = before.find((parent) => lineageIds(link.id, world).includes(parent)) ?? before[0] ?? '';
  const chain = renderChain([link.id, ...(findWay(link.id, conflict, world)?.slice(1) ?? [])], world);
  const reason = before.includes(link.id)
    ? `\`${name}\` is named twice here`
    : before.some((parent) => lineageIds(link.id, world).includes(parent))
      ? `\`${name}\` inherits from \`${world.nameOf(conflict)}\` (${chain}), which stands before it here`
      : `\`${name}\` and ${before.map((parent) => `\`${world.nameOf(parent)}\``).join(', ')} want their own parents in opposite orders`;
  const message = `No order suits all parents: ${reason}. Put the more special parent first, or drop one; this one is left out.`;
  return { code: 'rule.inconsistent-parents', severity: 'error', message, span: link.span };
}

const maxShown = 8;

function renderChain(ids: readonly string[], world: LineageWorld): string {
  const names = ids.map((id) => world.nameOf(id));
  const shown =
    names.length > maxShown ? [...names.slice(0, maxShown / 2), '…', ...names.slice(-maxShown / 2)] : names;
  return shown.join(' → ');
}
