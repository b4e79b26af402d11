/** USD per million tokens of one model, as its provider publishes them. */
export interface PriceRow extends TokenPrices {
  readonly provider: string;
  readonly model: string;
  /** Requests with more input tokens than `over` cost this instead, every token of them. */
  readonly longPrompt?: TokenPrices & { readonly over: number };
  /** Where the figures were read. */
  readonly source: string;
  /** Day on which they held, as `YYYY-MM-DD`. */
  readonly asOf: string;
}

export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

const claudePricing = 'https://platform.claude.com/docs/en/about-claude/pricing';

/** Only prices that were read in documentation. A model that is not here has an unknown price. */
export const priceTable: readonly PriceRow[] = [
  {
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    input: 4,
    output: 20,
    cacheRead: 0.2,
    cacheWrite: 5,
    source: 'https://platform.claude.com/docs/en/models/opus-5-5/overview',
    asOf: '2026-10-07',
  },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    input: 2,
    output: 10,
    cacheRead: 0.2,
    cacheWrite: 2.5,
    source: 'https://platform.claude.com/docs/en/models/sonnet-5-5/overview',
    asOf: '2026-10-01',
  },
  {
    provider: 'anthropic',
    model: 'claude-haiku-5-5',
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    longPrompt: { over: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
    source: 'https://platform.claude.com/docs/en/models/haiku-5-5/overview',
    asOf: '2026-10-07',
  },
  {
    provider: 'anthropic',
    model: 'claude-opus-5',
    input: 5,
    output: 25,
    cacheRead: 0.5,
    cacheWrite: 6.25,
    source: claudePricing,
    asOf: '2026-10-01',
  },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-5',
    input: 2,
    output: 10,
    cacheRead: 0.2,
    cacheWrite: 2.5,
    source: 'https://platform.claude.com/docs/en/models/sonnet-5/overview',
    asOf: '2026-10-01',
  },
  {
    provider: 'openai',
    model: 'gpt-6.1-sol',
    input: 2,
    output: 10,
    cacheRead: 0.1,
    cacheWrite: 2.5,
    longPrompt: { over: 272_000, input: 4, output: 15, cacheRead: 0.2, cacheWrite: 5 },
    source: 'https://docs.laozhang.ai/en/announcements/gpt-6-1-sol-2026-10',
    asOf: '2026-10-13',
  },
];
