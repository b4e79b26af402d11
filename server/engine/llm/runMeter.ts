import type { RunBudget, TokenUsage } from '../../protocol/runEvents.ts';
import type { Clock } from '../ports/clock.ts';
import { explainPassed, refuse, renderUsd, unreadable, type BudgetRefusal } from './budgetRefusal.ts';
import { costOf, countTokens, worstCostOf, type Price, type Prices } from './prices.ts';
import type { AccountLimit, Amount } from './spendingBook.ts';
import { dayAccount, type Spending } from './spending.ts';

/** The budget of one run. Every call reserves its worst case first, so that calls in flight cannot exceed it. */
export interface RunMeter {
  /** Counts one more answer asked for an edit. */
  beginAttempt(): BudgetRefusal | undefined;
  /** Meters one call with all of its tries. */
  openCall(): CallMeter;
  /** Of the run's seconds, in milliseconds; 0 when none are left. */
  remainingMs(): number;
  /** Settled and reserved together. */
  spent(): MeterReading;
}

/** Of one call: its tries share the budget of a call. */
export interface CallMeter {
  /** Holds what a try can cost at most, in the call, the run and all wider accounts; settle it exactly when the try is over. */
  reserve(size: CallSize): Promise<Reservation | BudgetRefusal>;
  /** Of the run and of the call, in milliseconds. */
  remainingMs(): number;
}

export interface MeterReading {
  readonly usd: number;
  readonly tokens: number;
  readonly attempts: number;
  /** Some calls had no known price; `usd` leaves them out. */
  readonly unknownPrice: boolean;
}

export interface CallSize {
  readonly provider: string;
  readonly model: string;
  /** Unique among all calls of this user. */
  readonly call: string;
  /** The most tokens that the request can be read as. */
  readonly inputBound: number;
  readonly maxOutputTokens: number;
  /** How long the try may take, in milliseconds. */
  readonly ms: number;
}

export interface Reservation {
  readonly kind: 'reserved';
  readonly price: Price | 'unknown';
  /** How long the try may take, in milliseconds; less than was asked for where less is left. */
  readonly ms: number;
  /** Replaces the worst case by what was spent; only the first call counts. */
  settle(spent: Spent): Promise<void>;
}

/**
 * `unsure`: the endpoint may have billed anything up to the worst case, as when a stream breaks; all of it counts.
 * `nothing`: no answer was begun, or it was replayed.
 */
export type Spent = { readonly usage: TokenUsage } | 'nothing' | 'unsure';

export interface RunMeterOptions {
  readonly budget: RunBudget;
  /** Of one call; what is missing does not bind. */
  readonly callLimits?: Readonly<Partial<Amount>>;
  /** Of days, without the day, which is that of each call. */
  readonly dayLimits: Readonly<Partial<Amount>>;
  /** Wider sums that each call counts in: the run's own, those of the runs that caused it, the workspace. */
  readonly accounts?: readonly AccountLimit[];
  /** Whether a call is refused whose price nobody knows. */
  readonly refusesUnknownPrice?: boolean;
  readonly spending: Spending;
  readonly prices: Prices;
  readonly clock: Clock;
}

/** The run's seconds count from now on. */
export function createRunMeter(options: RunMeterOptions): RunMeter {
  return new BudgetMeter(options);
}

type Cost = Pick<Amount, 'usd' | 'tokens'>;

/** Sums of thousandths of a cent would otherwise refuse a call that fits exactly. */
const rounding = 1e-9;

class BudgetMeter implements RunMeter {
  readonly #options: RunMeterOptions;
  readonly #startedAt: number;
  #usd = 0;
  #tokens = 0;
  #attempts = 0;
  #unknownPrice = false;

  constructor(options: RunMeterOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  beginAttempt(): BudgetRefusal | undefined {
    const { attempts } = this.#options.budget;
    if (this.#attempts >= attempts) {
      return refuse('budget.attempts', `All ${attempts} attempts of this run are used.`, '`attempts`');
    }
    this.#attempts++;
    return undefined;
  }

  openCall(): CallMeter {
    const startedAt = this.#options.clock.now();
    const { ms } = this.#options.callLimits ?? {};
    const spent = { usd: 0, tokens: 0 };
    return {
      reserve: (size) => this.#reserve(size, spent),
      remainingMs: () => {
        const run = this.remainingMs();
        return ms === undefined
          ? run
          : Math.max(0, Math.min(run, startedAt + ms - this.#options.clock.now()));
      },
    };
  }

  remainingMs(): number {
    const { budget, clock } = this.#options;
    return Math.max(0, this.#startedAt + budget.seconds * 1000 - clock.now());
  }

  spent(): MeterReading {
    return {
      usd: this.#usd,
      tokens: this.#tokens,
      attempts: this.#attempts,
      unknownPrice: this.#unknownPrice,
    };
  }

  async #reserve(
    size: CallSize,
    call: { usd: number; tokens: number },
  ): Promise<Reservation | BudgetRefusal> {
    const price = this.#options.prices.priceOf(size.provider, size.model);
    if (price === 'unknown' && this.#options.refusesUnknownPrice) return refuseUnknownPrice(size);
    const worst = worstCase(size, price);
    const refusal = this.#refusalOf(worst, call);
    if (refusal) return refusal;
    // Held before the first await: a parallel call must already see it.
    this.#add(worst, call, 1);
    if (price === 'unknown') this.#unknownPrice = true;
    const held = await this.#hold(size, worst);
    if (typeof held === 'object') {
      this.#add(worst, call, -1);
      return held;
    }
    return this.#createReservation({ size, price, worst, call, ms: held });
  }

  #refusalOf(worst: Cost, call: Cost): BudgetRefusal | undefined {
    const { budget, callLimits = {} } = this.#options;
    if (this.remainingMs() === 0) {
      return refuse('budget.seconds', `The ${budget.seconds} seconds of this run are over.`, '`seconds`');
    }
    if (callLimits.usd !== undefined && call.usd + worst.usd > callLimits.usd + rounding) {
      const text = `The call could cost up to ${renderUsd(call.usd + worst.usd)}, and ${renderUsd(callLimits.usd)} is the limit of a call.`;
      return refuse('budget.call', text, '`usd.call`');
    }
    if (callLimits.tokens !== undefined && call.tokens + worst.tokens > callLimits.tokens) {
      const text = `The call could use up to ${call.tokens + worst.tokens} tokens, and ${callLimits.tokens} is the limit of a call.`;
      return refuse('budget.call', text, '`tokens.call`');
    }
    if (this.#usd + worst.usd > budget.usd + rounding) {
      const left = renderUsd(budget.usd - this.#usd);
      const text = `The next call could cost up to ${renderUsd(worst.usd)}, and ${left} of this run's ${renderUsd(budget.usd)} is left.`;
      return refuse('budget.usd', text, '`usd`');
    }
    if (this.#tokens + worst.tokens > budget.tokens) {
      const left = budget.tokens - this.#tokens;
      const text = `The next call could use up to ${worst.tokens} tokens, and ${left} of this run's ${budget.tokens} are left.`;
      return refuse('budget.tokens', text, '`tokens`');
    }
    return undefined;
  }

  /** In the accounts that outlive the run. How long the try may take, in milliseconds. */
  async #hold({ call, ms }: CallSize, worst: Cost): Promise<number | BudgetRefusal> {
    const { spending, accounts = [], dayLimits, clock } = this.#options;
    const at = clock.now();
    const day = { account: dayAccount(at), limits: dayLimits };
    try {
      const result = await spending.hold({
        call,
        at,
        amount: { ...worst, ms: Math.max(1, ms) },
        accounts: [...accounts, day],
      });
      return result.kind === 'held' ? result.ms : explainPassed(result, worst);
    } catch {
      // The reason may hold a path of the user's storage; what matters is that nothing could be reserved.
      return unreadable;
    }
  }

  #createReservation(held: {
    readonly size: CallSize;
    readonly price: Price | 'unknown';
    readonly worst: Cost;
    readonly call: { usd: number; tokens: number };
    readonly ms: number;
  }): Reservation {
    const { size, price, worst, call, ms } = held;
    const { clock } = this.#options;
    const startedAt = clock.now();
    let settled = false;
    return {
      kind: 'reserved',
      price,
      ms,
      settle: async (spent) => {
        if (settled) return;
        settled = true;
        const real = amountOf(spent, price, worst);
        this.#add(worst, call, -1);
        this.#add(real, call, 1);
        await this.#settle(size.call, { price, real, ms: spent === 'nothing' ? 0 : clock.now() - startedAt });
      },
    };
  }

  async #settle(
    call: string,
    { price, real, ms }: { readonly price: Price | 'unknown'; readonly real: Cost; readonly ms: number },
  ): Promise<void> {
    const usd = price === 'unknown' && real.tokens > 0 ? 'unknown' : real.usd;
    try {
      await this.#options.spending.settle(call, { usd, tokens: real.tokens, ms });
    } catch {
      // The worst case stays held in the book: too much is counted then, never too little.
    }
  }

  #add(amount: Cost, call: { usd: number; tokens: number }, sign: 1 | -1): void {
    this.#usd = Math.max(0, this.#usd + sign * amount.usd);
    this.#tokens += sign * amount.tokens;
    call.usd = Math.max(0, call.usd + sign * amount.usd);
    call.tokens += sign * amount.tokens;
  }
}

function worstCase(size: CallSize, price: Price | 'unknown'): Cost {
  return {
    usd: price === 'unknown' ? 0 : worstCostOf(price, size.inputBound, size.maxOutputTokens),
    tokens: size.inputBound + size.maxOutputTokens,
  };
}

function amountOf(spent: Spent, price: Price | 'unknown', worst: Cost): Cost {
  if (spent === 'nothing') return { usd: 0, tokens: 0 };
  if (spent === 'unsure') return worst;
  const usd = price === 'unknown' ? 0 : costOf(price, spent.usage);
  return { usd, tokens: countTokens(spent.usage) };
}

function refuseUnknownPrice({ provider, model }: CallSize): BudgetRefusal {
  return {
    kind: 'refused',
    code: 'budget.unknown-price',
    message: `The price of ${provider}/${model} is not known, so no limit in US dollars could hold. Add it to codegenLab.models.prices, or let its tokens be counted (codegenLab.models.unknownPrice).`,
  };
}
