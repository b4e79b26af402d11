import type { WorkspacePaths } from '../rules/globs/workspacePaths.ts';
import type { RuleDocument } from '../rules/rule.ts';
import type { RuleCatalog } from '../rules/ruleCatalog.ts';

/** A rule file that somebody writes, and what stands around it. */
export interface AuthoringFile {
  /** As it is typed now. */
  readonly document: RuleDocument;
  /** With the same typed texts. */
  readonly catalog: RuleCatalog;
  readonly workspace: WorkspacePaths;
}
