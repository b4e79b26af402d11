import type { Span } from '../documents/span.ts';

/** Replaces the characters of `span`; the edits of one change do not overlap. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}
