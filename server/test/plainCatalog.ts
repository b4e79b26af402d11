import type { EffectiveRule, Provenance } from '../engine/rules/inheritance/effectiveRule.ts';
import type { Rule, RuleDocument } from '../engine/rules/rule.ts';
import type { RuleCatalog } from '../engine/rules/ruleCatalog.ts';

/** A catalog of rules that inherit nothing and refer to nothing; `effective` may say otherwise for single rules. */
export function createPlainCatalog(
  documents: readonly RuleDocument[],
  effective: ReadonlyMap<string, EffectiveRule> = new Map(),
): RuleCatalog {
  const find = (id: string): Rule | undefined =>
    documents.flatMap(({ file, blocks }) => [file, ...blocks]).find((rule) => rule.id === id);
  return {
    documents: () => documents,
    document: (path) => documents.find((document) => document.path === path),
    text: (path) => documents.find((document) => document.path === path)?.text,
    bundledDocuments: () => [],
    rule: find,
    effective: (id) => effective.get(id) ?? plain(find(id)),
    effectiveRules: (path) =>
      documents
        .filter((document) => document.path === path)
        .flatMap(({ file, blocks }) => [file, ...blocks])
        .flatMap((rule) => effective.get(rule.id) ?? plain(rule) ?? []),
    references: () => [],
    resolve: () => {
      throw new Error('A plain catalog holds no references.');
    },
    referrers: () => [],
    problems: (path) => documents.find((document) => document.path === path)?.problems ?? [],
  };
}

function plain(rule: Rule | undefined): EffectiveRule | undefined {
  if (rule === undefined) return undefined;
  const provenance = new Map<string, readonly Provenance[]>();
  for (const [key, span] of rule.written) provenance.set(key, [{ ruleId: rule.id, path: rule.path, span }]);
  return { rule, lineage: [rule.id], provenance, pieces: [], problems: [], dependencies: new Set() };
}
