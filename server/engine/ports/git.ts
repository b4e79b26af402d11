/** What version control knows of a folder. */
export interface Git {
  /** Text of a file as it was committed last; undefined if it never was, or if there is no repository. Never rejects. */
  committed(root: string, path: string, signal: AbortSignal): Promise<string | undefined>;
  /** Where a file stands; undefined if there is no repository, or if it cannot be read. Never rejects. */
  state(root: string, path: string, signal: AbortSignal): Promise<GitState | undefined>;
}

/** Where one file stands between the last commit, the index and the folder. */
export interface GitState {
  /** undefined: a commit is checked out, and no branch. */
  readonly branch: string | undefined;
  /** The index holds another text of it than the last commit does, or one of them holds none. */
  readonly staged: boolean;
  /** It is there, and neither in the index nor ignored. */
  readonly untracked: boolean;
  /** Its text in the index; undefined if it is not there. */
  readonly indexed: string | undefined;
}
