/** Why an edit goes back to the model. */
export interface Refusal {
  readonly gate: string;
  readonly path: string;
  readonly reason: string;
}
