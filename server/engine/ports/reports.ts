/** Private folders into which a test runner writes its reports; never inside a workspace or a copy of one. */
export interface Reports {
  /** A new, empty folder that a confined runner can write to. The caller disposes it. */
  open(): Promise<ReportFolder>;
  /**
   * Report files that a runner writes into the tree itself, directly in a folder (absolute, on this machine), by their ending.
   * Remembers which are there now.
   */
  watch(folder: string, ending: string): Promise<WatchedReports>;
}

export interface WatchedReports {
  /** Texts of those that were written since, by their names' order. Never throws for what the runner left there. */
  written(maxBytes: number): Promise<readonly string[]>;
}

export interface ReportFolder {
  /** Absolute; bound writable into the sandbox at the same path. */
  readonly location: string;
  /** Puts a file there that the runner reads, before it is started. The name has no folder. */
  write(name: string, text: string): Promise<void>;
  /** Reads a plain file directly in the folder. Never follows a symlink, never throws for what the runner left there. */
  read(name: string, maxBytes: number): Promise<ReportRead>;
  /** Deletes the folder. Never throws. */
  dispose(): Promise<void>;
}

export type ReportRead =
  /** Bytes that are not UTF-8 are replaced by U+FFFD. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly message: string };
