import { createSpending, type Spending } from '../engine/llm/spending.ts';
import { parseBook, type AccountReading, type SpendingBook } from '../engine/llm/spendingBook.ts';
import type { SpendingStore } from '../engine/ports/spending.ts';

/** The book in memory. `onHold` runs before each hold, to let calls interleave or to fail. */
export class MemorySpending implements Spending {
  readonly #onHold: () => Promise<void>;
  readonly #spending: Spending;
  #text: string | undefined;

  constructor(onHold: () => Promise<void> = () => Promise.resolve()) {
    this.#onHold = onHold;
    this.#spending = createSpending(this.store);
  }

  readonly store: SpendingStore = {
    read: () => Promise.resolve(this.#text),
    change: async (work) => {
      const { text, result } = work(this.#text);
      this.#text = text;
      return result;
    },
  };

  read(account: string): Promise<AccountReading> {
    return this.#spending.read(account);
  }

  async hold(hold: Parameters<Spending['hold']>[0]): ReturnType<Spending['hold']> {
    await this.#onHold();
    return this.#spending.hold(hold);
  }

  settle(...settled: Parameters<Spending['settle']>): Promise<void> {
    if (!Object.hasOwn(this.book.held, settled[0]))
      return Promise.reject(new Error(`Nothing is held for ${settled[0]}.`));
    return this.#spending.settle(...settled);
  }

  get book(): SpendingBook {
    return parseBook(this.#text);
  }

  /** USD of calls in flight. */
  held(): number {
    return Object.values(this.book.held).reduce((sum, { usd }) => sum + usd, 0);
  }

  /** Calls in flight. */
  get open(): number {
    return Object.keys(this.book.held).length;
  }

  /** Of all days together. */
  days(): AccountReading {
    const days = Object.entries(this.book.accounts).filter(([account]) => account.startsWith('day:'));
    return days.reduce<AccountReading>(
      (sum, [, day]) => ({
        usd: sum.usd + day.usd,
        tokens: sum.tokens + day.tokens,
        ms: sum.ms + day.ms,
        unknownPrice: sum.unknownPrice || day.unknownPrice,
      }),
      { usd: 0, tokens: 0, ms: 0, unknownPrice: false },
    );
  }
}
