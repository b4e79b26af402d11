import type { RuleProblem } from '../rule.ts';
import type { RuleDocument } from '../rule.ts';
import type { TextEdit } from '../textEdit.ts';

/** A change of a rule file that mends one problem and touches nothing else. */
export interface RuleFix {
  readonly title: string;
  /** The author would agree without looking: *Fix all* and `--fix` apply it. */
  readonly isCertain: boolean;
  readonly edits: readonly TextEdit[];
}

/** Finds the fixes of problems of one code, when somebody asks for them. */
export type FixFinder = (document: RuleDocument, problem: RuleProblem) => readonly RuleFix[];
