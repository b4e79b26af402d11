import type { RunBudget, TokenUsage } from '../../protocol/runEvents.ts';
import type { Clock } from '../ports/clock.ts';
import type { Spending } from '../ports/consent.ts';
import { costOf, countTokens, worstCostOf, type Price, type Prices } from './prices.ts';

export type BudgetCode = 'budget.usd' | 'budget.tokens' | 'budget.day' | 'budget.seconds' | 'budget.attempts';

export interface BudgetRefusal {
  readonly kind: 'refused';
  readonly code: BudgetCode;
  readonly message: string;
}

/** The budget of one run. Every call reserves its worst case first, so that calls in flight cannot exceed it. */
export interface RunMeter {
  /** Counts one more answer asked for an edit. */
  beginAttempt(): BudgetRefusal | undefined;
  /** Holds what the call can cost at most, in the run and in the day; settle it exactly when the call is over. */
  reserve(call: CallSize): Promise<Reservation | BudgetRefusal>;
  /** Of the run's seconds, in milliseconds; 0 when none are left. */
  remainingMs(): number;
  /** Settled and reserved together. */
  spent(): MeterReading;
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
}

export interface Reservation {
  readonly kind: 'reserved';
  readonly price: Price | 'unknown';
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
  readonly usdPerDay: number;
  readonly spending: Spending;
  readonly prices: Prices;
  readonly clock: Clock;
}

/** The run's seconds count from now on. */
export function createRunMeter(options: RunMeterOptions): RunMeter {
  return new BudgetMeter(options);
}

interface Amount {
  readonly usd: number;
  readonly tokens: number;
}

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

  async reserve(call: CallSize): Promise<Reservation | BudgetRefusal> {
    const price = this.#options.prices.priceOf(call.provider, call.model);
    const worst = worstCase(call, price);
    const refusal = this.#refusalOf(worst);
    if (refusal) return refusal;
    // Held before the first await: a parallel call must already see it.
    this.#add(worst, 1);
    if (price === 'unknown') this.#unknownPrice = true;
    const dayRefusal = await this.#reserveInDay(call, worst);
    if (dayRefusal) {
      this.#add(worst, -1);
      return dayRefusal;
    }
    return this.#createReservation({ call: call.call, price, worst });
  }

  #refusalOf(worst: Amount): BudgetRefusal | undefined {
    const { budget } = this.#options;
    if (this.remainingMs() === 0) {
      return refuse('budget.seconds', `The ${budget.seconds} seconds of this run are over.`, '`seconds`');
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

  async #reserveInDay(call: CallSize, worst: Amount): Promise<BudgetRefusal | undefined> {
    const { spending, usdPerDay, clock } = this.#options;
    const reservation = { call: call.call, at: clock.now(), usd: worst.usd, limitUsd: usdPerDay };
    try {
      if (await spending.reserve(reservation)) return undefined;
    } catch {
      // The reason may hold a path of the user's storage; what matters is that nothing could be reserved.
      const message =
        "What was spent today could not be read, so no model was asked. Check that the extension's storage can be written.";
      return { kind: 'refused', code: 'budget.day', message };
    }
    const message = `The next call could cost up to ${renderUsd(worst.usd)} and pass the limit of ${renderUsd(usdPerDay)} a day. Go on tomorrow (UTC), or raise the daily limit in the settings.`;
    return { kind: 'refused', code: 'budget.day', message };
  }

  #createReservation({
    call,
    price,
    worst,
  }: {
    call: string;
    price: Price | 'unknown';
    worst: Amount;
  }): Reservation {
    let settled = false;
    return {
      kind: 'reserved',
      price,
      settle: async (spent) => {
        if (settled) return;
        settled = true;
        const real = amountOf(spent, price, worst);
        this.#add(worst, -1);
        this.#add(real, 1);
        await this.#settleInDay(call, price, real);
      },
    };
  }

  async #settleInDay(call: string, price: Price | 'unknown', real: Amount): Promise<void> {
    const { spending, clock } = this.#options;
    const usd = price === 'unknown' && real.tokens > 0 ? 'unknown' : real.usd;
    try {
      await spending.settle(call, { at: clock.now(), usd, tokens: real.tokens });
    } catch {
      // The worst case stays reserved in the day: too much is counted then, never too little.
    }
  }

  #add(amount: Amount, sign: 1 | -1): void {
    this.#usd = Math.max(0, this.#usd + sign * amount.usd);
    this.#tokens += sign * amount.tokens;
  }
}

function worstCase(call: CallSize, price: Price | 'unknown'): Amount {
  return {
    usd: price === 'unknown' ? 0 : worstCostOf(price, call.inputBound, call.maxOutputTokens),
    tokens: call.inputBound + call.maxOutputTokens,
  };
}

function amountOf(spent: Spent, price: Price | 'unknown', worst: Amount): Amount {
  if (spent === 'nothing') return { usd: 0, tokens: 0 };
  if (spent === 'unsure') return worst;
  const usd = price === 'unknown' ? 0 : costOf(price, spent.usage);
  return { usd, tokens: countTokens(spent.usage) };
}

function refuse(code: BudgetCode, text: string, key: string): BudgetRefusal {
  return {
    kind: 'refused',
    code,
    message: `${text} Raise ${key} in the rule's \`budget\` and in the settings, or make the task smaller.`,
  };
}

function renderUsd(usd: number): string {
  return `$${Math.max(0, usd).toFixed(usd < 0.1 ? 4 : 2)}`;
}
