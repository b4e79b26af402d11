/** What version control says changed in a folder. Nothing that the repository names is run for it. */
export interface GitChanges {
  /** Files that the next commit adds or changes, with their text as it is staged. Those that it deletes are not among them. */
  staged(root: string, signal: AbortSignal): Promise<ChangedFiles>;
  /**
   * Files of the folder that are not as they were where this branch left `ref`, those that git does not track yet among
   * them. Their text is left to be read.
   */
  since(root: string, ref: string, signal: AbortSignal): Promise<ChangedFiles>;
}

export type ChangedFiles =
  /** Sorted by path. */
  | { readonly kind: 'changed'; readonly files: readonly ChangedFile[] }
  /** A sentence: there is no git, no repository, or no such revision. */
  | { readonly kind: 'failed'; readonly message: string };

export interface ChangedFile {
  readonly path: string;
  /** As it is staged; undefined where it has to be read. */
  readonly text?: string;
  /** As it was; undefined if it was not there, or was no text. */
  readonly before?: string;
}
