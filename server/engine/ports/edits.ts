import type { ProposedFile } from '../../protocol/runEvents.ts';

/** The user's files as the user sees them, and the one way into them. */
export interface Edits {
  /** Unsaved buffers of a folder: path to text. */
  unsaved(root: string): ReadonlyMap<string, string>;
  /** The buffer's text if the file is open, else the disk's; undefined if there is none. */
  current(root: string, path: string, signal: AbortSignal): Promise<string | undefined>;
  /** All files or none, saved, as one undoable step. */
  land(landing: Landing, signal: AbortSignal): Promise<LandOutcome>;
}

export interface Landing {
  readonly run: string;
  readonly root: string;
  readonly title: string;
  readonly files: readonly ProposedFile[];
}

export type LandOutcome =
  | { readonly kind: 'landed' }
  /** Somebody changed these since the run began; nothing was written. */
  | { readonly kind: 'stale'; readonly paths: readonly string[] }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly message: string };
