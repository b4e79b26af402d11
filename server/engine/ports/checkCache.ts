import type { Finding } from '../../protocol/text.ts';

/** What checks found earlier, kept in the user's own storage: a workspace cannot bring any of it. */
export interface CheckCache {
  /**
   * What was found under the same key in files that are as they were then, by path. Another version of this program finds
   * nothing of it. Never rejects.
   */
  load(root: string, key: string): Promise<ReadonlyMap<string, CachedCheck>>;
  /** Changes whenever the file does; undefined for what is no plain file, or was written so lately that it could not tell. */
  stamp(root: string, path: string): string | undefined;
  /** In the place of all that was kept for the folder. Never rejects: what cannot be kept is found again. */
  save(root: string, key: string, checks: ReadonlyMap<string, CachedCheck>): Promise<void>;
}

export interface CachedCheck {
  readonly stamp: string;
  readonly findings: readonly Finding[];
}
