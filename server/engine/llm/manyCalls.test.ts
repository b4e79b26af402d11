import assert from 'node:assert/strict';
import { MemorySpending } from '../../test/memorySpending.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { ModelProvider } from '../ports/models.ts';
import { askModel } from './askModel.ts';
import { ProviderGates } from './limits/providerGates.ts';
import { createPrices } from './prices.ts';
import { createRunMeter } from './runMeter.ts';

const neverAborted = new AbortController().signal;
const calls = 200;
const runs = ['a', 'b', 'c', 'd', 'e'];

describe('200 parallel calls under a limit of 4', () => {
  it('keep their order, the budget and fairness between runs', async () => {
    const clock = new VirtualClock();
    const random = createSeededRandom();
    const spending = new MemorySpending();
    const gates = new ProviderGates(clock);
    const asked: string[] = [];
    let running = 0;
    let most = 0;
    const provider: ModelProvider = {
      id: 'anthropic',
      async *ask({ system }, signal) {
        asked.push(system);
        running += 1;
        most = Math.max(most, running);
        await clock.sleep(100, signal);
        running -= 1;
        const usage = { input: 10, output: 100, cacheRead: 0, cacheWrite: 0, estimated: false };
        yield { type: 'done', stop: 'complete', text: 'x', usage, model: 'm' };
      },
    };
    // Each call takes 110 tokens and may take a little more than 1,000: of the budget of a run some calls find no place.
    const budget = { usd: 1, tokens: 5_000, seconds: 600, attempts: 1000 };
    const meters = new Map(
      runs.map((run) => [
        run,
        createRunMeter({ budget, dayLimits: { tokens: 20_000 }, spending, prices: createPrices(), clock }),
      ]),
    );
    const outcomes = await clock.run(
      Promise.all(
        Array.from({ length: calls }, (_, index) => {
          const run = runs[index % runs.length] ?? '';
          const meter = meters.get(run);
          assert.ok(meter);
          return askModel({
            models: { provider: () => provider },
            target: { provider: 'anthropic', model: 'claude-opus-5-5' },
            request: { system: `${run} ${index}`, messages: [], maxOutputTokens: 1000, timeoutMs: 600_000 },
            budget: meter,
            gate: { gates, key: run, limits: { concurrency: 4 } },
            takeRight: async () => undefined,
            clock,
            random,
            signal: neverAborted,
          });
        }),
      ),
    );
    assert.equal(most, 4);
    const answered = outcomes.filter(({ kind }) => kind === 'answered').length;
    assert.equal(answered, asked.length);
    assert.ok(answered > 100 && answered < calls, `${answered} answered`);
    assert.ok(outcomes.every((outcome) => outcome.kind === 'answered' || outcome.kind === 'refused'));
    for (const meter of meters.values()) assert.ok(meter.spent().tokens <= budget.tokens);
    assert.ok(spending.days().tokens <= 20_000);
    assert.equal(spending.open, 0);
    for (const run of runs) {
      const order = asked.filter((each) => each.startsWith(run)).map((each) => Number(each.split(' ')[1]));
      assert.deepEqual(
        order,
        order.toSorted((left, right) => left - right),
        `the calls of ${run} come in order`,
      );
    }
    for (let at = 0; at + runs.length <= 100; at += runs.length)
      assert.equal(
        new Set(asked.slice(at, at + runs.length).map(([run]) => run)).size,
        runs.length,
        'by turns',
      );
  });
});
