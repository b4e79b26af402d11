import type { Rule } from '../rule.ts';
import type { Provenance } from './effectiveRule.ts';

/** The first rule of a lineage that wrote a key; an empty value counts. */
export function writerOf(lineage: readonly Rule[], key: string): Rule | undefined {
  for (const rule of lineage) if (rule.written.has(key)) return rule;
  return undefined;
}

/** Where a rule wrote a key; its whole frontmatter if it did not. */
export function placeOf(rule: Rule, key: string): Provenance {
  return { ruleId: rule.id, path: rule.path, span: rule.written.get(key) ?? rule.span };
}

/** All rules of a lineage that wrote a key, root first. */
export function placesOf(lineage: readonly Rule[], key: string): readonly Provenance[] {
  return lineage
    .filter((rule) => rule.written.has(key))
    .map((rule) => placeOf(rule, key))
    .toReversed();
}
