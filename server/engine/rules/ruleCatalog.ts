import type { EffectiveRule } from './inheritance/effectiveRule.ts';
import type { ReferenceTarget, RuleReference } from './references/ruleReference.ts';
import type { Rule, RuleDocument, RuleProblem } from './rule.ts';

/** All rules of one workspace folder at one moment. Asking is cheap: what is derived is kept until something it was made of changes. */
export interface RuleCatalog {
  /** Rule files of the folder by path, drafts and broken ones included; bundled ones are not among them. */
  documents(): readonly RuleDocument[];
  /** By path, or by `builtin:NAME`. */
  document(path: string): RuleDocument | undefined;
  /** The text of a rule file, or of a file that a rule includes; undefined where it is not there or was not read yet. */
  text(path: string): string | undefined;
  bundledDocuments(): readonly RuleDocument[];
  /** As written, by id. */
  rule(id: string): Rule | undefined;
  /** With all that it inherits, by id. */
  effective(id: string): EffectiveRule | undefined;
  /** All rules of a file with all that they inherit: that of the file, its blocks, then blocks that come along with its parents. */
  effectiveRules(path: string): readonly EffectiveRule[];
  /** The references of a file in source order. */
  references(path: string): readonly RuleReference[];
  /** What a reference in the file `from` names: there, then upwards, then at the root, then in the library. */
  resolve(reference: RuleReference, from: string): ReferenceTarget;
  /** Files whose references name this path or a rule in it. */
  referrers(path: string): readonly { readonly path: string; readonly reference: RuleReference }[];
  /** All problems of a file, those that stand on other files included, in source order. */
  problems(path: string): readonly RuleProblem[];
}
