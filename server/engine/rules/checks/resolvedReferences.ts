import type { ReferenceTarget, RuleReference } from '../references/ruleReference.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';

export interface ResolvedReference {
  readonly reference: RuleReference;
  readonly target: ReferenceTarget;
}

// A catalog gives another list as soon as one of the references may name something else.
const known = new WeakMap<readonly RuleReference[], readonly ResolvedReference[]>();

/** The references of a file, each with what it names now. */
export function resolvedReferences(catalog: RuleCatalog, path: string): readonly ResolvedReference[] {
  const references = catalog.references(path);
  const resolved =
    known.get(references) ??
    references.map((reference) => ({ reference, target: catalog.resolve(reference, path) }));
  if (resolved.length > 0) known.set(references, resolved);
  return resolved;
}
