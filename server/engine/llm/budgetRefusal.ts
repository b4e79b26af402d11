import type { HoldResult } from './spendingBook.ts';

export type BudgetCode =
  | 'budget.usd'
  | 'budget.tokens'
  | 'budget.call'
  | 'budget.chain'
  | 'budget.day'
  | 'budget.workspace'
  | 'budget.seconds'
  | 'budget.attempts'
  | 'budget.unknown-price';

export interface BudgetRefusal {
  readonly kind: 'refused';
  readonly code: BudgetCode;
  readonly message: string;
}

export function refuse(code: BudgetCode, text: string, key: string): BudgetRefusal {
  return {
    kind: 'refused',
    code,
    message: `${text} Raise ${key} in the rule's \`budget\`, in models.yaml and in the settings, or make the task smaller.`,
  };
}

export const unreadable: BudgetRefusal = {
  kind: 'refused',
  code: 'budget.day',
  message:
    "What was spent so far could not be read, so no model was asked. Check that the extension's storage can be written.",
};

/** Why an account that outlives the run has no place for a call. */
export function explainPassed(
  { account, unit, limit, left }: Extract<HoldResult, { readonly kind: 'passed' }>,
  worst: { readonly usd: number; readonly tokens: number },
): BudgetRefusal {
  const words = {
    usd: `cost up to ${renderUsd(worst.usd)}, and ${renderUsd(left)} of ${renderUsd(limit)} is left`,
    tokens: `use up to ${worst.tokens} tokens, and ${left} of ${limit} are left`,
    ms: `take a while, and nothing of ${limit / 1000} seconds is left`,
  };
  const could = `The next call could ${words[unit]}`;
  const [kind = ''] = account.split(':', 1);
  switch (kind) {
    case 'day':
      return refused(
        'budget.day',
        `${could} for today. Go on tomorrow (UTC), or raise the daily limit in the settings.`,
      );
    case 'workspace':
      return refused(
        'budget.workspace',
        `${could} for this workspace. Raise its limit in the settings or in models.yaml.`,
      );
    default:
      return refused(
        'budget.chain',
        `${could} for this run and the runs that caused it. Raise the budget of the first rule.`,
      );
  }
}

export function renderUsd(usd: number): string {
  return `$${Math.max(0, usd).toFixed(usd < 0.1 ? 4 : 2)}`;
}

function refused(code: BudgetCode, message: string): BudgetRefusal {
  return { kind: 'refused', code, message };
}
