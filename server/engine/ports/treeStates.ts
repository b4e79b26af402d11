/** Tells cheaply which files of a folder changed while a command ran in it. */
export interface TreeStates {
  /**
   * The state of each file that version control does not ignore, by its path relative to the folder. As long as a state
   * stays the same, so does the content. What was changed last comes first. `undefined` when the files cannot be listed.
   */
  read(root: string, signal: AbortSignal): Promise<ReadonlyMap<string, string> | undefined>;
}
