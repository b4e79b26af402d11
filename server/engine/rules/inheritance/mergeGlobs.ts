import type { Located } from '../../documents/span.ts';
import type { Rule } from '../rule.ts';
import type { Provenance } from './effectiveRule.ts';
import { placeOf } from './writtenKeys.ts';

/** Globs with the files that wrote them. */
export interface InheritedGlobs {
  readonly globs: readonly Located<string>[];
  readonly places: readonly Provenance[];
}

/** Stands among globs for those of the parents. */
export const parentsWord = '$parents';

export interface GlobWorld {
  /** The lineage of a rule, itself first. */
  lineageOf(id: string): readonly Rule[];
  parentsOf(id: string): readonly string[];
}

/**
 * The globs of the first rule in the lineage that wrote any; `$parents` among them stands for those of all its parents,
 * root first. In a rule without parents the word is a name like any other and widens nothing.
 */
export function mergeGlobs(id: string, world: GlobWorld): InheritedGlobs {
  const writer = world.lineageOf(id).find((rule) => rule.written.has('globs'));
  if (writer === undefined) return { globs: [], places: [] };
  const own = placeOf(writer, 'globs');
  const parents = world.parentsOf(writer.id);
  if (parents.length === 0 || !writer.globs.some(({ value }) => value === parentsWord))
    return { globs: writer.globs, places: [own] };
  const inherited = parents.toReversed().map((parent) => mergeGlobs(parent, world));
  const globs = writer.globs.flatMap((glob) =>
    glob.value === parentsWord ? inherited.flatMap((each) => each.globs) : [glob],
  );
  return { globs: unique(globs), places: [...inherited.flatMap((each) => each.places), own] };
}

function unique(globs: readonly Located<string>[]): readonly Located<string>[] {
  const seen = new Set<string>();
  return globs.filter(({ value }) => !seen.has(value) && seen.add(value));
}
