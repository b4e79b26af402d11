import type { Span } from '../../documents/span.ts';
import type { Rule, RuleDocument } from '../rule.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { peerEntries } from './peerKeys.ts';

/** A rule, or a part of it, that stands under a key in the index of the folder. */
export interface PeerEntry {
  readonly rule: Rule;
  readonly span: Span;
}

/** The live rules of a folder by what they say. */
export interface RulePeers {
  find(key: string): readonly PeerEntry[];
}

/** What is known of one catalog: its documents and their entries. */
interface PeerIndex extends RulePeers {
  documents: readonly RuleDocument[];
  readonly byPath: Map<string, RuleDocument>;
  readonly groups: Map<string, readonly PeerEntry[]>;
}

const indexes = new WeakMap<RuleCatalog, PeerIndex>();

/** The index of a catalog as it is now; only documents that changed since it was last asked for are looked at again. */
export function rulePeersOf(catalog: RuleCatalog): RulePeers {
  const documents = catalog.documents();
  const known = indexes.get(catalog) ?? createIndex();
  if (known.documents !== documents) update(known, documents);
  indexes.set(catalog, known);
  return known;
}

/**
 * Files whose problems may be others when one of these documents comes, changes or goes: those that say the same. None
 * as long as nobody asked for problems of this catalog.
 */
export function pathsOfPeers(
  catalog: RuleCatalog,
  documents: readonly (RuleDocument | undefined)[],
): readonly string[] {
  const index = indexes.get(catalog);
  if (index === undefined) return [];
  return documents
    .flatMap((document) => (document === undefined ? [] : peerEntries(document)))
    .flatMap(([key]) => index.find(key).map(({ rule }) => rule.path));
}

/** Lets a catalog that was copied from another one begin with what is known of that. */
export function copyPeers(from: RuleCatalog, to: RuleCatalog): void {
  const known = indexes.get(from);
  if (known === undefined) return;
  const { documents, byPath } = known;
  indexes.set(to, { ...createIndex(new Map(known.groups)), documents, byPath: new Map(byPath) });
}

function createIndex(groups = new Map<string, readonly PeerEntry[]>()): PeerIndex {
  return { documents: [], byPath: new Map(), groups, find: (key) => groups.get(key) ?? [] };
}

function update(index: PeerIndex, documents: readonly RuleDocument[]): void {
  index.documents = documents;
  for (const document of documents) {
    const earlier = index.byPath.get(document.path);
    if (earlier === document) continue;
    if (earlier !== undefined) leave(index, earlier);
    enter(index, document);
  }
  if (index.byPath.size === documents.length) return;
  const present = new Set(documents.map(({ path }) => path));
  for (const document of index.byPath.values()) if (!present.has(document.path)) leave(index, document);
}

function enter(index: PeerIndex, document: RuleDocument): void {
  index.byPath.set(document.path, document);
  for (const [key, entry] of peerEntries(document)) {
    index.groups.set(key, [...(index.groups.get(key) ?? []), entry]);
  }
}

function leave(index: PeerIndex, document: RuleDocument): void {
  index.byPath.delete(document.path);
  for (const [key] of peerEntries(document)) {
    const rest = (index.groups.get(key) ?? []).filter(({ rule }) => rule.path !== document.path);
    if (rest.length === 0) index.groups.delete(key);
    else index.groups.set(key, rest);
  }
}
