/** UTF-16 offsets into a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value and where it was written. */
export interface Located<Value> {
  readonly value: Value;
  readonly span: Span;
}
