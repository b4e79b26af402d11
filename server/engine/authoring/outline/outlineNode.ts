import type { Span } from '../../documents/span.ts';

/** A key with its value, or an entry of a list, as it stands in a text that is perhaps half typed. */
export interface OutlineNode {
  readonly kind: 'entry' | 'item';
  /** Of an entry; empty for an item. */
  readonly key: string;
  /** Of the key, without quotes; of the dash of an item. */
  readonly head: Span;
  /** Offset of the colon; undefined while it is not typed, and for items. */
  readonly colon: number | undefined;
  /** Column of the key or dash; -1 inside brackets. */
  readonly column: number;
  /** Column from which what belongs to it may stand on lines of its own. */
  readonly inner: number;
  /** Of a value on its own, without a comment; empty where one could be typed. */
  value: Span;
  style: 'none' | 'plain' | 'quoted' | 'flow' | 'literal';
  /** From the head to the end of the last line with content. */
  whole: Span;
  /** Keys and entries below it, or inside its brackets. */
  readonly children: OutlineNode[];
}

/** All keys of frontmatter or of a block. */
export interface Outline {
  readonly region: Span;
  readonly children: readonly OutlineNode[];
  readonly comments: readonly Span[];
}
