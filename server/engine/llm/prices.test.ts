import assert from 'node:assert/strict';
import type { TokenUsage } from '../../protocol/runEvents.ts';
import { priceTable, type PriceRow } from './priceTable.ts';
import { costOf, countTokens, createPrices, worstCostOf, type Price } from './prices.ts';

const usage: TokenUsage = { input: 1000, output: 200, cacheRead: 300, cacheWrite: 400, estimated: false };

function known(provider: string, model: string): Price {
  const price = createPrices().priceOf(provider, model);
  assert.ok(price !== 'unknown');
  return price;
}

describe('prices', () => {
  it('come with a source and a day, one row for a model', () => {
    for (const row of priceTable) {
      assert.ok(URL.canParse(row.source), row.model);
      assert.match(row.asOf, /^\d{4}-\d\d-\d\d$/);
      for (const tier of [row, row.longPrompt ?? row]) {
        assert.ok(tier.input > 0 && tier.output >= tier.input && tier.cacheRead < tier.input, row.model);
      }
    }
    assert.equal(
      new Set(priceTable.map(({ provider, model }) => `${provider}/${model}`)).size,
      priceTable.length,
    );
  });

  it('are unknown for a model that is not in the table, however similar its name', () => {
    const prices = createPrices();
    for (const [provider, model] of [
      ['anthropic', 'claude-opus-5-6'],
      ['anthropic', 'claude-opus-5-5-20260901'],
      ['openrouter', 'claude-opus-5-5'],
      ['ollama', 'qwen2.5-coder:14b'],
      ['anthropic', '__proto__'],
    ] as const) {
      assert.equal(prices.priceOf(provider, model), 'unknown');
    }
  });

  it('count every kind of token', () => {
    assert.equal(costOf({ input: 1, output: 10, cacheRead: 100, cacheWrite: 1000 }, usage), 0.433);
    assert.equal(countTokens(usage), 1900);
    assert.equal(
      costOf(known('anthropic', 'claude-opus-5-5'), { ...usage, cacheRead: 0, cacheWrite: 0 }),
      0.008,
    );
  });

  it('change for all tokens of a long prompt', () => {
    const haiku = known('anthropic', 'claude-haiku-5-5');
    const counts = { output: 0, cacheRead: 0, cacheWrite: 0, estimated: false };
    assert.equal(costOf(haiku, { ...counts, input: 100_000 }), 0.01);
    assert.equal(costOf(haiku, { ...counts, input: 100_001 }), 0.0500005);
  });

  it('are what the user says, where the user says something', () => {
    const row: PriceRow = {
      provider: 'ollama',
      model: 'mine',
      input: 7,
      output: 8,
      cacheRead: 0,
      cacheWrite: 0,
      source: 'https://example.com',
      asOf: '2026-11-01',
    };
    const prices = createPrices([row, { ...row, provider: 'anthropic', model: 'claude-opus-5-5' }]);
    assert.equal((prices.priceOf('ollama', 'mine') as Price).input, 7);
    assert.equal((prices.priceOf('anthropic', 'claude-opus-5-5') as Price).input, 7);
  });

  it('are nothing for what was recorded', () => {
    assert.equal(costOf(known('replay', 'any'), usage), 0);
  });

  it('have a worst case that no split of the tokens exceeds', () => {
    for (const row of priceTable) {
      for (const bound of [1, 99_999, 100_001, 300_000]) {
        const worst = worstCostOf(row, bound, 500);
        for (const split of [
          { input: bound, cacheRead: 0, cacheWrite: 0 },
          { input: 0, cacheRead: bound, cacheWrite: 0 },
          { input: 0, cacheRead: 0, cacheWrite: bound },
          { input: 1, cacheRead: 0, cacheWrite: 0 },
        ]) {
          assert.ok(costOf(row, { ...split, output: 500, estimated: false }) <= worst + 1e-12, row.model);
        }
      }
    }
  });
});
