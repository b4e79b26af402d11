/** Runs a regular expression that no linear-time engine can, under a deadline. */
export interface Patterns {
  search(
    pattern: { readonly source: string; readonly flags: string },
    text: string,
    signal: AbortSignal,
  ): Promise<PatternSearch>;
}

export type PatternSearch =
  /** UTF-16 offsets of every match, at most 1,000. */
  | { readonly kind: 'matches'; readonly spans: readonly { readonly start: number; readonly end: number }[] }
  /** The deadline passed: whether it matches is unknown. */
  | { readonly kind: 'unknown'; readonly reason: string };
