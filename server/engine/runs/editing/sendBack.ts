/** Why an edit goes back to the model after it was tried out. */
export interface SendBack {
  /** What the model is told. */
  readonly sendBack: string;
  /** Why, for a person. */
  readonly reason: string;
  /** Tests that failed; 0 where none was run. */
  readonly red: number;
}
