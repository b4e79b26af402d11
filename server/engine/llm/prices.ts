import type { TokenUsage } from '../../protocol/runEvents.ts';
import { priceTable, type PriceRow, type TokenPrices } from './priceTable.ts';

export type Price = TokenPrices & Pick<PriceRow, 'longPrompt'>;

/** Prices of models. `unknown` is an answer of its own: a price is never guessed from a similar name. */
export interface Prices {
  priceOf(provider: string, model: string): Price | 'unknown';
}

/** Costs nothing, because it asks nobody. */
const recorded: Price = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const tokensPerPrice = 1_000_000;

/** `overrides` are rows of the user's; they win over the table. */
export function createPrices(overrides: readonly PriceRow[] = []): Prices {
  const rows = new Map([...priceTable, ...overrides].map((row) => [`${row.provider}/${row.model}`, row]));
  return {
    priceOf: (provider, model) =>
      provider === 'replay' ? recorded : (rows.get(`${provider}/${model}`) ?? 'unknown'),
  };
}

/** USD of tokens that were counted. */
export function costOf(price: Price, usage: TokenUsage): number {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite;
  const tier = price.longPrompt && prompt > price.longPrompt.over ? price.longPrompt : price;
  const sum =
    usage.input * tier.input +
    usage.output * tier.output +
    usage.cacheRead * tier.cacheRead +
    usage.cacheWrite * tier.cacheWrite;
  return sum / tokensPerPrice;
}

/** USD that a call can cost at most. Input may be billed as written to the cache, where that is dearer. */
export function worstCostOf(price: Price, inputBound: number, maxOutputTokens: number): number {
  const tiers = price.longPrompt && inputBound > price.longPrompt.over ? [price, price.longPrompt] : [price];
  const costs = tiers.map(
    (tier) =>
      inputBound * Math.max(tier.input, tier.cacheWrite, tier.cacheRead) + maxOutputTokens * tier.output,
  );
  return Math.max(...costs) / tokensPerPrice;
}

export function countTokens(usage: TokenUsage): number {
  return usage.input + usage.output + usage.cacheRead + usage.cacheWrite;
}
