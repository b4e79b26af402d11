import type { Rule, RuleDocument } from '../rule.ts';
import type { TextPiece } from './textPiece.ts';
import type { InheritedGlobs } from './mergeGlobs.ts';

/** What the parents of a rule come to together, for all that have the same parents. */
export interface Foundation {
  /** Nearest first. */
  readonly documents: readonly RuleDocument[];
  readonly rules: readonly Rule[];
  /** All of them as one rule, which wrote what any of them wrote. */
  readonly rule: Rule;
  readonly globs: InheritedGlobs;
  readonly body: readonly TextPiece[];
  /** Why nothing that inherits from them is active. */
  readonly fault: string | undefined;
  /** Why nothing that inherits from them may act. */
  readonly referenceFault: string | undefined;
}
