/** Something that git has begun in a folder and not ended, in the words of its command line. */
export type GitOperation = 'rebase' | 'merge' | 'cherry-pick' | 'revert' | 'bisect' | 'am';

export interface GitOperations {
  /** What is under way; undefined if nothing is, or if there is no repository. Never rejects. */
  underway(root: string): Promise<GitOperation | undefined>;
}
