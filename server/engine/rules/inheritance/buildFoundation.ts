import { documentsOf, globWorld, type EffectiveWorld } from './effectiveWorld.ts';
import type { Foundation } from './foundation.ts';
import { findFault, findParentFault } from './inactiveReasons.ts';
import { mergeBodies } from './mergeBodies.ts';
import { mergeFileRule } from './mergeFileRule.ts';
import { mergeGlobs } from './mergeGlobs.ts';
import { writerOf } from './writtenKeys.ts';

/** Works out what a lineage comes to, nearest first; undefined when there is nobody in it. */
export function buildFoundation(ids: readonly string[], world: EffectiveWorld): Foundation | undefined {
  const documents = documentsOf(ids, world);
  const [nearest, ...above] = documents;
  if (nearest === undefined) return undefined;
  const rules = [nearest.file, ...above.map(({ file }) => file)] as const;
  const writer = writerOf(rules, 'globs');
  const globs = writer === undefined ? { globs: [], places: [] } : mergeGlobs(writer.id, globWorld(world));
  const body = mergeBodies(documents.map(({ path }) => world.expanded(path).pieces).toReversed());
  const written = new Map(rules.toReversed().flatMap((rule) => [...rule.written]));
  return {
    ...{ documents, rules, globs, body },
    rule: { ...mergeFileRule({ lineage: rules, globs, body }), written },
    fault: findParentFault(rules, ({ fault }) => fault),
    referenceFault: findParentFault(rules, ({ id }) => findReferenceFault(id, world)),
  };
}

/** What bars all that inherit from a rule: a reference of its own that could not be resolved. */
function findReferenceFault(id: string, world: EffectiveWorld): string | undefined {
  return (
    findFault(world.links(id).problems) ??
    findFault(world.lineageOf(id).problems) ??
    findFault(world.expanded(id).problems)
  );
}
