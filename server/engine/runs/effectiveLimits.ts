import type { ApprovalMode, RunBudget } from '../../protocol/runEvents.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';

const strictness: readonly ApprovalMode[] = ['auto', 'ask', 'preview'];

/** The least of the user's limits and the rule's: a file in the workspace can only lower rights. */
export function effectiveBudget(settings: Settings, rule: Rule): RunBudget {
  const { limits } = settings;
  const { budget } = rule;
  return {
    usd: least(limits.usdPerRun, budget.usd),
    tokens: least(limits.tokensPerRun, budget.tokens),
    seconds: least(limits.secondsPerRun, budget.seconds),
    attempts: least(limits.attempts, budget.attempts),
  };
}

/** The strictest of the user's, the rule's and the actions' approval. */
export function effectiveApproval(
  settings: Settings,
  rule: Rule,
  actions: readonly Pick<Action, 'approval'>[],
): ApprovalMode {
  const wishes = [settings.approval, rule.approval, ...actions.map(({ approval }) => approval)].map((mode) =>
    strictness.indexOf(mode ?? 'auto'),
  );
  return strictness[Math.max(...wishes)] ?? 'preview';
}

function least(user: number, rule: number | undefined): number {
  return rule === undefined || Number.isNaN(rule) ? user : Math.max(0, Math.min(user, rule));
}
