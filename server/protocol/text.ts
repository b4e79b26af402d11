/** A place in a text: zero-based line and UTF-16 column, as the LSP counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something to show in Problems. */
export interface Finding {
  readonly path: string;
  readonly range: Range;
  readonly severity: Severity;
  /** Stable, such as `rule.unknown-key` or `test.failed`. */
  readonly code: string;
  readonly message: string;
  /** Name of the rule that found it, if a rule did. */
  readonly rule?: string;
  readonly related?: readonly RelatedPlace[];
  /** Address of a page that explains it, http or https. */
  readonly learnMore?: string;
  /** Id of the small wrong change that no test notices, where that is what was found. */
  readonly mutant?: string;
  /** What mends it for certain. */
  readonly fix?: FindingFix;
}

/** Replaces what stands in the range of the finding's file. */
export interface FindingFix {
  readonly range: Range;
  readonly newText: string;
  /** What has to stand there, where nobody looks again before it is applied. */
  readonly replaces?: string;
}

export interface RelatedPlace {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}
