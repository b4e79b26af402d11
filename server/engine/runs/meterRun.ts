import type { RunBudget, RunCause } from '../../protocol/runEvents.ts';
import { createRunMeter, type RunMeter } from '../llm/runMeter.ts';
import { runAccount, workspaceAccount, type Spending } from '../llm/spending.ts';
import { createPrices } from '../llm/prices.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import { readPrices } from '../routing/readPrices.ts';
import type { RoutingSources } from '../routing/resolveRoute.ts';
import type { Settings } from '../settings.ts';
import { spanLimits } from './effectiveLimits.ts';
import type { RunBudgets } from './runBudgets.ts';

export interface RunToMeter {
  readonly run: string;
  readonly root: string;
  readonly cause: RunCause;
  readonly budget: RunBudget;
  readonly settings: Settings;
  readonly sources: RoutingSources;
}

export interface MeterParts {
  readonly spending: Spending;
  readonly budgets: RunBudgets;
  readonly clock: Clock;
  readonly digest: Digest;
}

/** The meter of a run: each of its calls counts in the run, in those that caused it, in the day and in the workspace. */
export function meterRun(
  { spending, budgets, clock, digest }: MeterParts,
  { run, root, cause, budget, settings, sources }: RunToMeter,
): RunMeter {
  const above = budgets.above(cause).map((earlier) => ({
    account: runAccount(earlier.run),
    limits: { usd: earlier.budget.usd, tokens: earlier.budget.tokens, ms: earlier.budget.seconds * 1000 },
  }));
  return createRunMeter({
    budget,
    callLimits: spanLimits('call', settings, sources),
    dayLimits: spanLimits('day', settings, sources),
    accounts: [
      // The run itself is bound by its budget; here it counts for the runs that it causes.
      { account: runAccount(run), limits: {} },
      ...above,
      { account: workspaceAccount(root, digest), limits: spanLimits('workspace', settings, sources) },
    ],
    refusesUnknownPrice: settings.models.unknownPrice === 'refuse',
    spending,
    prices: createPrices(readPrices(settings.models.prices).rows),
    clock,
  });
}
