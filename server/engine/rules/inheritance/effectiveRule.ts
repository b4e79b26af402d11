import type { Span } from '../../documents/span.ts';
import type { Rule, RuleProblem } from '../rule.ts';
import type { TextPiece } from './textPiece.ts';

/** A rule with all that it inherits and includes. */
export interface EffectiveRule {
  /** Id, name, path and span are its own; every value is the effective one, and its spans lie in the files of `provenance`. */
  readonly rule: Rule;
  /** Ids in C3 order: the rule itself first, the furthest parent last. */
  readonly lineage: readonly string[];
  /** Where each effective value came from, by frontmatter key (`body` for the text): several places where lists or texts were joined. */
  readonly provenance: ReadonlyMap<string, readonly Provenance[]>;
  /** Its text in the pieces that it was put together from, inherited and included ones among them; none for a block. */
  readonly pieces: readonly TextPiece[];
  /** What is wrong with its references, at the reference in its own file. */
  readonly problems: readonly RuleProblem[];
  /** Paths that it was made of, or that were looked for and are missing; a change of any of them makes it stale. */
  readonly dependencies: ReadonlySet<string>;
}

/** A place that gave a value. */
export interface Provenance {
  readonly ruleId: string;
  readonly path: string;
  readonly span: Span;
}
