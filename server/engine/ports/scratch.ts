/** A copy of the workspace that a run may change and test in, never the user's tree. */
export interface Scratch {
  create(request: ScratchRequest, signal: AbortSignal): Promise<ScratchOutcome>;
}

export interface ScratchRequest {
  readonly run: string;
  readonly root: string;
  /** Unsaved buffers, put on top of what the disk holds: path to text. */
  readonly unsaved: ReadonlyMap<string, string>;
  /**
   * How tests in the copy find the dependency folders: `mounted` (default) leaves empty folders for a sandbox to bind
   * them over; `linked` makes links to the workspace's, for a run that no sandbox mounts.
   */
  readonly dependencies?: 'mounted' | 'linked';
}

export type ScratchOutcome =
  | { readonly kind: 'ready'; readonly tree: ScratchTree; readonly files: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface ScratchTree {
  /** Absolute path of the copy on this machine. */
  readonly location: string;
  /** The workspace folder that it copies. */
  readonly root: string;
  /** Relative paths of dependency folders (`node_modules`, `.venv`) that tests see read-only from the workspace. */
  readonly dependencies: readonly string[];
  /** Text now; undefined if there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Text the run began with; undefined if there was no such file. */
  original(path: string): Promise<string | undefined>;
  /** Writes, or deletes with undefined. Refuses paths that leave the tree by throwing: callers pass the jail first. */
  write(path: string, text: string | undefined): Promise<void>;
  /**
   * Files that are not as the run began, those that version control ignores left out: path to a state that stays the
   * same as long as the file does.
   */
  changed(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Puts every changed file back as the run began. */
  reset(): Promise<void>;
  /** Forgets and deletes the copy. Never throws. */
  dispose(): Promise<void>;
}
