import type { Span } from '../../documents/span.ts';

/** A place in a rule file that names another file or rule. */
export interface RuleReference {
  /** `parent`: in `extends`; `include`: `@include path#Heading`; `mention`: `@path`; `link`: `[text](mdc:path)`; `rule`: a rule named in an action's `context`. */
  readonly kind: 'parent' | 'include' | 'mention' | 'link' | 'rule';
  /** As written, without `@`, `mdc:` and heading. */
  readonly target: string;
  readonly heading: string | undefined;
  /** Of the heading of an include, without the `#`. */
  readonly headingSpan?: Span;
  /** Of the target alone. */
  readonly span: Span;
  /** Of the whole reference: `@include x#y`, `[text](mdc:x)`. */
  readonly whole: Span;
}

/** What a reference names. */
export type ReferenceTarget =
  | { readonly kind: 'rule'; readonly ruleId: string; readonly path: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'missing'; readonly lookedAt: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly ruleIds: readonly string[] };
