import assert from 'node:assert/strict';
import { systemClock } from '../adapters/systemClock.ts';
import { askModel, type AskOutcome } from '../engine/llm/askModel.ts';
import { createPrices } from '../engine/llm/prices.ts';
import { createRunMeter, type MeterReading } from '../engine/llm/runMeter.ts';
import type { FakeModelServer, FakeScript } from './fakeModelServer/fakeModelServer.ts';
import { answerWith, statusOf } from './fakeModelServer/fakeReply.ts';
import { MemorySpending } from './memorySpending.ts';
import { createSeededRandom } from './seededRandom.ts';
import { withFakeModels } from './withFakeModels.ts';

const models = { anthropic: 'claude-opus-5-5', openai: 'gpt-6.1-sol' };

interface Asked {
  readonly outcome: AskOutcome;
  readonly spent: MeterReading;
  readonly requests: FakeModelServer['requests'];
}

/** The router with a real client on a real connection. Waits are as short as jitter makes them. */
async function ask(
  id: keyof typeof models,
  script: FakeScript,
  signal = new AbortController().signal,
): Promise<Asked> {
  return withFakeModels(id, script, async (provider, server) => {
    const budget = createRunMeter({
      budget: { usd: 0.5, tokens: 200_000, seconds: 60, attempts: 5 },
      dayLimits: { usd: 5 },
      spending: new MemorySpending(),
      prices: createPrices(),
      clock: systemClock,
    });
    const outcome = await askModel({
      models: { provider: () => provider },
      target: { provider: id, model: models[id] },
      request: {
        system: 's',
        messages: [{ role: 'user', text: 'u' }],
        maxOutputTokens: 1000,
        timeoutMs: 10_000,
      },
      budget,
      takeRight: async () => undefined,
      clock: systemClock,
      random: { ...createSeededRandom(), fraction: () => 0 },
      signal,
    });
    return { outcome, spent: budget.spent(), requests: server.requests };
  });
}

for (const id of ['anthropic', 'openai'] as const) {
  describe(`a call through the ${id} client`, () => {
    it('ends well after an overload and a stream that was cut', async () => {
      const cut = answerWith('never used', { delivery: { cut: { atByte: 420, how: 'destroy' } } });
      const { outcome, requests } = await ask(id, [
        statusOf(529),
        cut,
        answerWith('whole', { usage: { input: 20, output: 3 } }),
      ]);
      assert.ok(outcome.kind === 'answered', JSON.stringify(outcome));
      assert.equal(outcome.text, 'whole');
      assert.equal(outcome.tries, 3);
      assert.equal(requests.length, 3);
      assert.ok(outcome.firstTokenMs <= outcome.ms);
    });

    it('costs what the endpoint counted', async () => {
      const usage = { input: 1000, output: 500, cacheRead: 100, cacheWrite: 200 };
      const { outcome, spent } = await ask(id, [answerWith('code', { usage })]);
      assert.ok(outcome.kind === 'answered');
      const expected = { anthropic: 0.01502, openai: 0.00751 }[id];
      assert.ok(
        typeof outcome.cost === 'number' && Math.abs(outcome.cost - expected) < 1e-12,
        String(outcome.cost),
      );
      assert.equal(spent.tokens, 1800);
    });

    it('is never answered by an answer that its limit cut off', async () => {
      const { outcome } = await ask(id, [answerWith('half of the co', { stop: 'length' })]);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.code, 'model.cut-off');
    });

    it('ends at once when it is cancelled in a silent stream', async () => {
      const controller = new AbortController();
      const stalled = answerWith('x'.repeat(400), { delivery: { cut: { atByte: 800, how: 'stall' } } });
      setTimeout(() => controller.abort(), 100);
      const startedAt = performance.now();
      const { outcome, spent } = await ask(id, [stalled], controller.signal);
      assert.deepEqual(outcome, { kind: 'cancelled', cost: 'unknown' });
      assert.ok(performance.now() - startedAt < 300);
      assert.ok(spent.usd > 0, 'it may have been billed');
    });
  });
}
