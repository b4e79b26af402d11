import type { RuleDocument } from '../rule.ts';
import type { Foundation } from './foundation.ts';
import type { ExpandedText } from './expandIncludes.ts';
import type { FileLinks } from './linkParents.ts';
import type { GlobWorld } from './mergeGlobs.ts';
import type { Lineage } from './resolveLineage.ts';

/** What effective rules are made of, by the path of a rule file; each is worked out once. */
export interface EffectiveWorld {
  document(path: string): RuleDocument | undefined;
  links(path: string): FileLinks;
  lineageOf(path: string): Lineage;
  /** What the parents of a file come to; undefined when it has none. */
  foundationOf(path: string): Foundation | undefined;
  /** The body of a file with its includes. */
  expanded(path: string): ExpandedText;
}

export function documentsOf(ids: readonly string[], world: EffectiveWorld): readonly RuleDocument[] {
  const documents: RuleDocument[] = [];
  for (const id of ids) {
    const document = world.document(id);
    if (document !== undefined) documents.push(document);
  }
  return documents;
}

export function globWorld(world: EffectiveWorld): GlobWorld {
  return {
    lineageOf: (id) => documentsOf(world.lineageOf(id).ids, world).map(({ file }) => file),
    parentsOf: (id) => world.lineageOf(id).parents,
  };
}
