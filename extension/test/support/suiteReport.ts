/** What a suite in the extension host tells the runner outside: a line of JSON each, in a file. */
export type ReportLine =
  | { readonly kind: 'passed'; readonly title: string; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly title: string; readonly milliseconds: number; readonly error: string }
  | { readonly kind: 'skipped'; readonly title: string }
  /** The suite has come to its end; without it, it broke off. */
  | { readonly kind: 'end' };
