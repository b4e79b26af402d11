import type { Span } from '../../documents/span.ts';

/** A stretch of text as it stands in one file. */
export interface TextPiece {
  readonly text: string;
  readonly path: string;
  readonly span: Span;
}
