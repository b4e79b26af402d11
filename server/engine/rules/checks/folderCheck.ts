import type { WorkspacePaths } from '../globs/workspacePaths.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import type { ResolvedReference } from './resolvedReferences.ts';
import type { RulePeers } from './rulePeers.ts';

/** A rule file among the other rules and the files of its folder. */
export interface FolderView {
  readonly document: RuleDocument;
  readonly catalog: RuleCatalog;
  readonly paths: WorkspacePaths;
  /** Whether the rules of a file guide and fire, and are no drafts. */
  readonly isLive: (path: string) => boolean;
  /** The references of the file, each with what it names. */
  readonly references: readonly ResolvedReference[];
  /** Live rules that say the same somewhere. */
  readonly peers: RulePeers;
}

/** Looks at what one file alone does not show. It never makes a rule inactive. */
export type FolderCheck = (view: FolderView) => readonly RuleProblem[];
