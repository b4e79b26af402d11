import type { FiringContext } from '../triggers/decideFirings.ts';
import { explainRulesFor, type RuleExplanation } from '../triggers/explain/explainRules.ts';
import { findMatchedFiles, type MatchedFiles } from '../triggers/explain/matchedFiles.ts';
import type { FolderState } from './folderState.ts';

/** What a person asks about the rules of one folder, as they are saved. All of it rejects after an abort. */
export interface RuleQueries {
  /** Which rules apply to a file, which do not, and why. */
  explain(path: string, signal: AbortSignal): Promise<readonly RuleExplanation[]>;
  /** The files that a rule is about, `limit` of them at most; undefined when no rule has this id. */
  matchedFiles(ruleId: string, limit: number, signal: AbortSignal): Promise<MatchedFiles | undefined>;
}

export function createRuleQueries(folder: FolderState, context: FiringContext): RuleQueries {
  const { root, rules, paths } = folder;
  return {
    explain: async (path, signal) => {
      await folder.ready;
      const live = new Set(rules.liveRules().map(({ id }) => id));
      return explainRulesFor({ catalog: rules.saved, live, root, path, context, signal });
    },
    matchedFiles: async (ruleId, limit, signal) => {
      await folder.ready;
      const rule = rules.saved.effective(ruleId)?.rule;
      if (rule === undefined) return undefined;
      return findMatchedFiles({ root, rule, paths: await paths.load(signal), limit, context, signal });
    },
  };
}
