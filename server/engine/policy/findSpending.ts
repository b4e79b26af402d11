import type { Broken, PolicySpending } from './policy.ts';

/** What is spent, with what a call may cost at most. */
export interface Spent {
  /** Whether the price of the call is known. */
  readonly isPriced: boolean;
  /** undefined: the call belongs to no run. */
  readonly run: { readonly usd: number; readonly tokens: number } | undefined;
  /** undefined: it could not be read. */
  readonly usdToday: number | undefined;
}

/** Sums of thousandths of a cent would otherwise refuse a call that fits exactly. */
const rounding = 1e-9;

/** Which amount a call would pass; undefined: none. What cannot be known passes every amount in its unit. */
export function findSpending(
  { usdPerRun, usdPerDay, tokensPerRun }: PolicySpending = {},
  { isPriced, run, usdToday }: Spent,
): Broken | undefined {
  const inUsd = usdPerRun ?? usdPerDay;
  if (inUsd !== undefined && !isPriced)
    return {
      line: inUsd.line,
      what: 'ask a model whose price is not known, since it bounds what is spent; set its price in codegenLab.models.prices',
    };
  if (usdPerRun !== undefined && run !== undefined && run.usd > usdPerRun.most + rounding)
    return { line: usdPerRun.line, what: `spend more than ${renderUsd(usdPerRun.most)} in a run` };
  if (tokensPerRun !== undefined && run !== undefined && run.tokens > tokensPerRun.most)
    return { line: tokensPerRun.line, what: `use more than ${tokensPerRun.most} tokens in a run` };
  if (usdPerDay === undefined) return undefined;
  if (usdToday === undefined)
    return { line: usdPerDay.line, what: 'spend anything while it cannot be read what was spent today' };
  return usdToday > usdPerDay.most + rounding
    ? { line: usdPerDay.line, what: `spend more than ${renderUsd(usdPerDay.most)} in a day` }
    : undefined;
}

function renderUsd(usd: number): string {
  return `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`;
}
