import type { FollowedPaths } from '../rules/globs/folderPaths.ts';
import type { RuleStore } from '../rules/ruleStore.ts';

/** What the engine keeps of one open workspace folder. */
export interface FolderState {
  readonly root: string;
  readonly rules: RuleStore;
  readonly paths: FollowedPaths;
  /** Resolves when the rules were read and earlier runs are on the screens. */
  ready: Promise<void>;
  /** Rule and file to the digest of the text that their last run began with, so that saving the same again pays nothing. */
  readonly lastSeen: Map<string, string>;
}
