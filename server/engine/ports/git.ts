/** What version control knows of a folder. */
export interface Git {
  /** Text of a file as it was committed last; undefined if it never was, or if there is no repository. Never rejects. */
  committed(root: string, path: string, signal: AbortSignal): Promise<string | undefined>;
}
