/** What a word of the rule language means, for completion, hover and the table of the guide. */
export interface WordDoc {
  /** Markdown, one or two sentences. */
  readonly summary: string;
  /** What is written behind the key, or the whole value: a snippet with `$1`, `${1:default}` and `${1|a,b|}`. */
  readonly snippet?: string;
  /** Values that it knows; others are wrong, or are the author's own where `isOpen` is set. */
  readonly values?: Readonly<Record<string, string>>;
  /** Its values are examples. */
  readonly isOpen?: true;
}

export type WordDocs = Readonly<Record<string, WordDoc>>;

/** What `table` says of a word; words such as `constructor` are never found by accident. */
export function findDoc(table: WordDocs, word: string): WordDoc | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
