import type { Span } from '../../documents/span.ts';

/** A YAML value with the places of its parts. */
export type YamlValue =
  | {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      /** The value as text; a number as it was written, so that `1.0` stays `1.0`. */
      readonly text: string;
      readonly span: Span;
    }
  | { readonly kind: 'list'; readonly items: readonly YamlValue[]; readonly span: Span }
  | { readonly kind: 'map'; readonly entries: readonly YamlEntry[]; readonly span: Span };

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
}
