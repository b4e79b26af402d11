/**
 * What is kept about a workspace folder: the trend of its coverage, the best so far, which test ran which lines; the policies and
 * the trust as they were seen last.
 */
export type KeptName =
  | 'coverage-history.jsonl'
  | 'coverage-best.json'
  | 'test-lines.json'
  | 'policies.json'
  | 'trust.txt';

/** Texts of our own about one workspace folder, in the user's storage: a workspace cannot bring any of them. None of its methods rejects. */
export interface KeptTexts {
  /** undefined: nothing is kept, or it cannot be read. */
  read(root: string, name: KeptName): Promise<string | undefined>;
  /** Whole or not at all; what cannot be kept is missing the next time. */
  write(root: string, name: KeptName, text: string): Promise<void>;
}
