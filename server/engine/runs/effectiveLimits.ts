import type { ApprovalMode, RunBudget } from '../../protocol/runEvents.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Amount } from '../llm/spendingBook.ts';
import type { BudgetSpan, BudgetUnit } from '../routing/modelChoices.ts';
import type { RoutingSources } from '../routing/resolveRoute.ts';
import type { Settings } from '../settings.ts';

const strictness: readonly ApprovalMode[] = ['auto', 'ask', 'preview'];

/** The least of the user's limits, the team's and the rule's: a file in the workspace can only lower rights. */
export function effectiveBudget(
  settings: Settings,
  rule: Pick<Rule, 'budget'>,
  sources: Pick<RoutingSources, 'user' | 'team'>,
): RunBudget {
  const { limits } = settings;
  const { budget } = rule;
  const wide = (unit: BudgetUnit): readonly (number | undefined)[] => wishesOf(sources, unit, 'run');
  return {
    usd: least(limits.usdPerRun, budget.usd, ...wide('usd')),
    tokens: least(limits.tokensPerRun, budget.tokens, ...wide('tokens')),
    seconds: least(limits.secondsPerRun, budget.seconds, ...wide('seconds')),
    attempts: least(limits.attempts, budget.attempts),
  };
}

/** What calls, days and workspaces may take; what nobody limits is missing. */
export function spanLimits(
  span: Exclude<BudgetSpan, 'run'>,
  { limits }: Pick<Settings, 'limits'>,
  sources: Pick<RoutingSources, 'user' | 'team'>,
): Readonly<Partial<Amount>> {
  const set = (unit: BudgetUnit, ...own: readonly number[]): number | undefined => {
    const wishes = [...own, ...wishesOf(sources, unit, span)].filter((limit) => limit !== undefined);
    return wishes.length === 0 ? undefined : Math.min(...wishes);
  };
  const [usd, tokens, seconds] = [
    set('usd', ...(span === 'day' ? [limits.usdPerDay] : [])),
    set('tokens'),
    set('seconds'),
  ];
  return {
    ...(usd === undefined ? {} : { usd }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(seconds === undefined ? {} : { ms: seconds * 1000 }),
  };
}

function wishesOf(
  { user, team }: Pick<RoutingSources, 'user' | 'team'>,
  unit: BudgetUnit,
  span: BudgetSpan,
): readonly (number | undefined)[] {
  return [user.limits.budgets[unit][span], team.limits.budgets[unit][span]];
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

function least(user: number, ...others: readonly (number | undefined)[]): number {
  const known = others.filter((limit) => limit !== undefined).filter((limit) => !Number.isNaN(limit));
  return known.length === 0 ? user : Math.max(0, Math.min(user, ...known));
}
