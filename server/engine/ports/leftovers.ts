/** What processes leave in the user's tree when they die while they write there. */
export interface Leftovers {
  /**
   * Removes the temporary files that a dead process wrote beside `paths` for `run`, and nothing else. Never rejects: what
   * cannot be removed stays.
   */
  remove(root: string, run: string, paths: readonly string[]): Promise<void>;
}
