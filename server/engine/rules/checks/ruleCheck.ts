import type { Rule, RuleProblem } from '../rule.ts';

/** A rule that was read and may still turn out to be inactive. */
export interface CheckedRule {
  /** The whole text of the file. */
  readonly text: string;
  readonly rule: Rule;
}

/** Looks at one rule after it was read. An error makes the rule inactive. */
export type RuleCheck = (checked: CheckedRule) => readonly RuleProblem[];
