import type { Span } from '../../documents/span.ts';

/** What is said about a place of a rule file. */
export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}
