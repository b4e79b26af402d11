/** Private folders into which a test runner writes its reports; never inside a workspace or a copy of one. */
export interface Reports {
  /** A new, empty folder that a confined runner can write to. The caller disposes it. */
  open(): Promise<ReportFolder>;
}

export interface ReportFolder {
  /** Absolute; bound writable into the sandbox at the same path. */
  readonly location: string;
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
