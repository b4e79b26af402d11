import type { RuleDocument } from '../rule.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { peerEntries, type PeerEntry } from './peerKeys.ts';

/** The rules of a folder by what they say. */
export interface RulePeers {
  find(key: string): readonly PeerEntry[];
}

interface PeerIndex extends RulePeers {
  readonly groups: Map<string, readonly PeerEntry[]>;
}

const indexes = new WeakMap<RuleCatalog, PeerIndex>();

/** The index of a catalog, made when it is first asked for; `replaceInPeers` keeps it right from then on. */
export function rulePeersOf(catalog: RuleCatalog): RulePeers {
  const known = indexes.get(catalog);
  if (known !== undefined) return known;
  const index = createIndex();
  for (const document of catalog.documents()) enter(index, document);
  indexes.set(catalog, index);
  return index;
}

/**
 * Tells the index of a document that came, changed or went. Returns the files whose problems may be others for it: those
 * that say the same; none as long as nobody asked for problems of this catalog.
 */
export function replaceInPeers(
  catalog: RuleCatalog,
  before: RuleDocument | undefined,
  after: RuleDocument | undefined,
): readonly string[] {
  const index = indexes.get(catalog);
  if (index === undefined || before === after) return [];
  const left = before === undefined ? [] : leave(index, before);
  const joined = after === undefined ? [] : enter(index, after);
  return [...left, ...joined];
}

/** Lets a catalog that was copied from another one begin with what is known of that. */
export function copyPeers(from: RuleCatalog, to: RuleCatalog): void {
  const known = indexes.get(from);
  if (known !== undefined) indexes.set(to, createIndex(new Map(known.groups)));
}

function createIndex(groups = new Map<string, readonly PeerEntry[]>()): PeerIndex {
  return { groups, find: (key) => groups.get(key) ?? [] };
}

/** Paths of those that were there. */
function enter({ groups }: PeerIndex, document: RuleDocument): readonly string[] {
  return peerEntries(document).flatMap(([key, entry]) => {
    const others = groups.get(key) ?? [];
    groups.set(key, [...others, entry]);
    return others.map(({ rule }) => rule.path);
  });
}

/** Paths of those that stay. */
function leave({ groups }: PeerIndex, document: RuleDocument): readonly string[] {
  return peerEntries(document).flatMap(([key]) => {
    const rest = (groups.get(key) ?? []).filter(({ rule }) => rule.path !== document.path);
    if (rest.length === 0) groups.delete(key);
    else groups.set(key, rest);
    return rest.map(({ rule }) => rule.path);
  });
}
