import type { Span } from '../../documents/span.ts';
import type { EffectiveRule } from '../../rules/inheritance/effectiveRule.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';

/** Whether a rule does its work on a file, the first thing that decided, and what would change that. */
export interface Explanation {
  /** `onRequest`: not by itself, but a person or the model may ask for it. */
  readonly applies: 'yes' | 'no' | 'onRequest';
  /** Goes on after "because", without a full stop. */
  readonly reason: string;
  /** What decided, in the rule's file or in that of a parent; undefined when nothing in them did. */
  readonly by: RulePlace | undefined;
  /** What to do so that it applies, as a sentence; undefined when it does. */
  readonly change: string | undefined;
}

export interface RulePlace {
  readonly path: string;
  readonly span: Span;
}

/** A rule under explanation. */
export interface ExplainedRule {
  readonly catalog: RuleCatalog;
  readonly effective: EffectiveRule;
}

/**
 * The file in which an effective value of `key` stands at `span`. Lists are joined from several files, whose offsets may
 * overlap: then the one counts in which `text` stands there.
 */
export function placeOf(
  { catalog, effective }: ExplainedRule,
  key: string,
  { span, text }: { readonly span: Span | undefined; readonly text?: string },
): RulePlace | undefined {
  if (span === undefined) return undefined;
  const around = (effective.provenance.get(key) ?? []).filter(
    (each) => each.span.start <= span.start && span.end <= each.span.end,
  );
  const reads = (path: string): boolean =>
    text === undefined || catalog.document(path)?.text.slice(span.start, span.end).includes(text) === true;
  const source = around.find(({ path }) => reads(path)) ?? around[0];
  return { path: source?.path ?? effective.rule.path, span };
}
