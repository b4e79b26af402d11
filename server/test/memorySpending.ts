import type { Spending } from '../engine/ports/consent.ts';

/** Spending of one day, in memory. `onReserve` runs before each reservation, to let calls interleave or to fail. */
export class MemorySpending implements Spending {
  readonly #reserved = new Map<string, number>();
  readonly #onReserve: () => Promise<void>;
  #usd = 0;
  #tokens = 0;
  #unknownPrice = false;

  constructor(onReserve: () => Promise<void> = () => Promise.resolve()) {
    this.#onReserve = onReserve;
  }

  today(): ReturnType<Spending['today']> {
    return Promise.resolve({ usd: this.#usd, tokens: this.#tokens, unknownPrice: this.#unknownPrice });
  }

  async reserve({ call, usd, limitUsd }: Parameters<Spending['reserve']>[0]): Promise<boolean> {
    await this.#onReserve();
    if (this.#usd + this.held() + usd > limitUsd + 1e-9) return false;
    this.#reserved.set(call, usd);
    return true;
  }

  settle(call: string, spent: Parameters<Spending['settle']>[1]): Promise<void> {
    if (!this.#reserved.delete(call)) return Promise.reject(new Error(`Nothing is reserved for ${call}.`));
    if (spent.usd === 'unknown') this.#unknownPrice = true;
    else this.#usd += spent.usd;
    this.#tokens += spent.tokens;
    return Promise.resolve();
  }

  /** USD of calls in flight. */
  held(): number {
    return [...this.#reserved.values()].reduce((sum, usd) => sum + usd, 0);
  }

  /** Calls in flight. */
  get open(): number {
    return this.#reserved.size;
  }
}
