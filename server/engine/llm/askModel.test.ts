import assert from 'node:assert/strict';
import type { RunBudget } from '../../protocol/runEvents.ts';
import { MemorySpending } from '../../test/memorySpending.ts';
import { createScriptedModels, type ScriptedModels, type ScriptedReply } from '../../test/scriptedModels.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { ModelDone, ModelEvent, ModelFaultCode } from '../ports/models.ts';
import { askModel, type AskOptions, type AskOutcome } from './askModel.ts';
import { createPrices } from './prices.ts';
import { createRunMeter, type RunMeter } from './runMeter.ts';

const usage = { input: 1000, output: 100, cacheRead: 0, cacheWrite: 0, estimated: false };
const done: ModelDone = { type: 'done', stop: 'complete', text: 'all', usage, model: 'claude-opus-5-5' };
const overloaded = { code: 'model.overloaded', retryable: true } as const;

interface Asked {
  readonly outcome: AskOutcome;
  readonly models: ScriptedModels;
  readonly meter: RunMeter;
  readonly clock: VirtualClock;
  readonly spending: MemorySpending;
}

async function ask(
  replies: readonly ScriptedReply[],
  { budget = {}, ...options }: Partial<Omit<AskOptions, 'budget'>> & { budget?: Partial<RunBudget> } = {},
): Promise<Asked> {
  const models = createScriptedModels(replies, { ids: ['anthropic', 'ollama'] });
  const clock = new VirtualClock();
  const spending = new MemorySpending();
  const full: RunBudget = { usd: 1, tokens: 100_000, seconds: 600, attempts: 5, ...budget };
  const meter = createRunMeter({
    budget: full,
    dayLimits: { usd: 5 },
    spending,
    prices: createPrices(),
    clock,
  });
  const outcome = await clock.run(
    askModel({
      models,
      target: { provider: 'anthropic', model: 'claude-opus-5-5' },
      request: {
        system: 's',
        messages: [{ role: 'user', text: 'u' }],
        maxOutputTokens: 1000,
        timeoutMs: 120_000,
      },
      budget: meter,
      takeRight: async () => undefined,
      clock,
      random: createSeededRandom(),
      signal: new AbortController().signal,
      ...options,
    }),
  );
  assert.equal(spending.open, 0, 'a reservation was not settled');
  return { outcome, models, meter, clock, spending };
}

function failedAs(outcome: AskOutcome, code: ModelFaultCode | 'model.refused') {
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  assert.equal(outcome.code, code);
  return outcome;
}

describe('asking a model', () => {
  it('gives the answer with what it took', async () => {
    const parts: string[] = [];
    const { outcome, models, meter } = await ask([{ text: 'code', usage }], {
      onText: (part, tries) => parts.push(`${tries}:${part}`),
    });
    assert.deepEqual(outcome, {
      kind: 'answered',
      text: 'code',
      usage,
      cost: 0.006,
      firstTokenMs: 0,
      ms: 0,
      tries: 1,
      provider: 'anthropic',
      model: 'claude-opus-5-5',
    });
    assert.deepEqual(parts, ['1:co', '1:de']);
    assert.equal(models.requests[0]?.timeoutMs, 120_000);
    assert.equal(meter.spent().usd, 0.006);
  });

  it('fails for a provider that nobody knows', async () => {
    const { outcome } = await ask([], { target: { provider: 'nobody', model: 'm' } });
    assert.match(failedAs(outcome, 'model.unknown-provider').message, /no model provider named "nobody"/);
  });

  for (const [what, reply, code] of [
    ['cut off by its limit', { text: 'half', stop: 'length' }, 'model.cut-off'],
    ['declined', { text: 'I cannot', stop: 'refusal' }, 'model.refused'],
    ['stopped for another reason', { text: 'half', stop: 'other' }, 'model.bad-answer'],
    ['empty', { text: '' }, 'model.bad-answer'],
    ['blank', { text: ' \n\t' }, 'model.bad-answer'],
  ] as const) {
    it(`never takes an answer that is ${what}, and counts what it cost`, async () => {
      const { outcome, models, meter } = await ask([{ usage, ...reply }]);
      const failed = failedAs(outcome, code);
      assert.deepEqual(failed.usage, usage);
      assert.equal(failed.cost, 0.006);
      assert.equal(models.requests.length, 1);
      assert.equal(meter.spent().usd, 0.006);
    });
  }

  it('retries what can heal, and counts the tries', async () => {
    const { outcome, clock } = await ask([overloaded, overloaded, overloaded, { text: 'code', usage }]);
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.tries, 4);
    assert.equal(outcome.cost, 0.006);
    const waits = clock.sleeps.filter((ms) => ms < 60_000);
    assert.equal(waits.length, 3);
    assert.equal(
      outcome.ms,
      waits.reduce((sum, ms) => sum + ms, 0),
    );
    for (const [index, ms] of waits.entries()) assert.ok(ms <= 500 * 2 ** index, `${ms} at ${index}`);
  });

  it('stops retrying after four tries and says so', async () => {
    const { outcome, models, meter } = await ask(Array.from({ length: 6 }, () => overloaded));
    assert.match(failedAs(outcome, 'model.overloaded').message, /Tried 4 times/);
    assert.equal(models.requests.length, 4);
    assert.equal(meter.spent().usd, 0);
  });

  it('does not retry what cannot heal', async () => {
    for (const code of [
      'model.unauthorized',
      'model.spend-limit',
      'model.bad-request',
      'model.not-found',
    ] as const) {
      const { outcome, models } = await ask([{ code }, 'never']);
      assert.equal(failedAs(outcome, code).cost, undefined);
      assert.equal(models.requests.length, 1);
    }
  });

  it('waits as long as the endpoint wishes, but no longer than a minute', async () => {
    const limited = (retryAfterMs: number) =>
      ({ code: 'model.rate-limited', retryable: true, retryAfterMs }) as const;
    const two = await ask([limited(2_000), 'code']);
    assert.ok(two.clock.sleeps.includes(2_000));
    const long = await ask([limited(86_400_000), 'code']);
    assert.ok(long.outcome.kind === 'answered');
    assert.ok(long.clock.sleeps.includes(60_000));
  });

  it('does not wait for a try that the deadline leaves no time for', async () => {
    const { outcome, clock } = await ask(
      [{ code: 'model.rate-limited', retryable: true, retryAfterMs: 30_000 }, 'code'],
      {
        request: { system: '', messages: [], maxOutputTokens: 10, timeoutMs: 20_000 },
      },
    );
    failedAs(outcome, 'model.rate-limited');
    assert.ok(!clock.sleeps.includes(30_000));
  });

  it('does not wait for a stream that falls silent, and asks once more', async () => {
    const request = { system: '', messages: [], maxOutputTokens: 10, timeoutMs: 600_000 };
    const { outcome, clock, models } = await ask([fallSilent, { text: 'whole', usage }], { request });
    assert.ok(outcome.kind === 'answered', JSON.stringify(outcome));
    assert.equal(outcome.text, 'whole');
    assert.equal(models.requests.length, 2);
    assert.ok(clock.now() - new VirtualClock().now() < 150_000);
    const twice = await ask([fallSilent, fallSilent, 'never'], { request });
    failedAs(twice.outcome, 'model.stalled');
  });

  it('asks a broken stream once more from the start, and never uses its text', async () => {
    const broken: readonly ModelEvent[] = [
      { type: 'text', text: 'half an ' },
      { type: 'failed', code: 'model.cut-off', message: 'Cut.', retryable: true },
    ];
    const parts: string[] = [];
    const { outcome } = await ask([broken, { text: 'whole', usage }], {
      onText: (part, tries) => parts.push(`${tries}:${part}`),
    });
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.text, 'whole');
    assert.equal(outcome.cost, 'unknown', 'what the broken stream cost is not known');
    assert.deepEqual(parts, ['1:half an ', '2:wh', '2:ole']);
    const twice = await ask([broken, broken, 'whole']);
    failedAs(twice.outcome, 'model.cut-off');
    // Both may have been billed up to their worst case.
    const worst = ((2 + 32) * 5 + 1000 * 20) / 1_000_000;
    assert.ok(Math.abs(twice.meter.spent().usd - 2 * worst) < 1e-9, String(twice.meter.spent().usd));
  });

  it('estimates tokens that nobody counted, and does not guess a cost', async () => {
    const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: true };
    const { outcome } = await ask([{ text: 'some code', usage: none }]);
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.cost, 'unknown');
    assert.ok(outcome.usage.estimated && outcome.usage.input > 0 && outcome.usage.output > 0);
  });

  it('does not know the cost of a model without a price, and counts its tokens', async () => {
    const { outcome, meter } = await ask([{ text: 'code', usage }], {
      target: { provider: 'ollama', model: 'qwen' },
    });
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.cost, 'unknown');
    assert.deepEqual(meter.spent(), { usd: 0, tokens: 1100, attempts: 0, unknownPrice: true });
  });

  it('costs nothing when it is replayed, and says who answered', async () => {
    const { outcome, meter } = await ask([
      { text: 'code', usage, recordedFrom: 'anthropic/claude-opus-5-5' },
    ]);
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.cost, 0);
    assert.deepEqual(outcome.usage, usage);
    assert.equal(outcome.recordedFrom, 'anthropic/claude-opus-5-5');
    assert.equal(meter.spent().usd, 0);
    assert.equal(meter.spent().tokens, 0);
  });

  it('masks keys in what an endpoint says', async () => {
    const key = 'sk-ant-api03-abcdefghijklmnop';
    const { outcome } = await ask([{ code: 'model.bad-request', message: `Refused: ${key}` }]);
    assert.ok(!failedAs(outcome, 'model.bad-request').message.includes(key));
  });
});

describe('asking within a budget', () => {
  for (const [code, budget] of [
    ['budget.usd', { usd: 0.001 }],
    ['budget.tokens', { tokens: 100 }],
    ['budget.seconds', { seconds: 0 }],
  ] as const) {
    it(`is refused as ${code} before anybody is asked`, async () => {
      const { outcome, models } = await ask(['code'], { budget });
      assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
      assert.equal(outcome.code, code);
      assert.equal(models.requests.length, 0);
    });
  }

  it('refuses the retry that the budget does not allow, and tells what failed', async () => {
    const broken: ScriptedReply = [
      { type: 'text', text: 'half' },
      { type: 'failed', code: 'model.cut-off', message: 'It was cut.', retryable: true },
    ];
    const { outcome, models } = await ask([broken, 'code'], { budget: { usd: 0.03 } });
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.code, 'budget.usd');
    assert.match(outcome.message, /It was cut\./);
    assert.equal(models.requests.length, 1);
  });

  it("ends with the run's seconds in the middle of an answer", async () => {
    const { outcome, clock } = await ask([hang], { budget: { seconds: 10 } });
    assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
    assert.equal(outcome.code, 'budget.seconds');
    assert.ok(clock.sleeps.includes(10_000));
  });
});

describe('a provider that breaks its contract', () => {
  const cases: readonly (readonly [string, ScriptedReply, ModelFaultCode | 'answered'])[] = [
    [
      'throws when asked',
      () => {
        throw new Error('secret sk-canary');
      },
      'model.bad-answer',
    ],
    [
      'throws something that is no error',
      () => ({
        // No error at all, as careless code rejects.
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject('sk-canary' as unknown as Error) }),
      }),
      'model.bad-answer',
    ],
    ['throws in the middle', throwMidway, 'model.bad-answer'],
    ['is no iterable', () => ({}) as AsyncIterable<ModelEvent>, 'model.bad-answer'],
    ['yields no event', () => yieldWrongly(), 'model.bad-answer'],
    ['ends without a final event', [{ type: 'text', text: 'half' }], 'model.cut-off'],
    ['ends at once', [], 'model.cut-off'],
    ['finishes twice', [done, { ...done, text: 'second' }], 'answered'],
    [
      'fails after it was done',
      [done, { type: 'failed', code: 'model.cut-off', message: 'x', retryable: true }],
      'answered',
    ],
    ['goes on after it was done', [done, { type: 'text', text: 'more' }], 'answered'],
    ['never ends', hang, 'model.timeout'],
    ['never ends and cannot be closed', hangForGood, 'model.timeout'],
    ['throws when it is closed', throwWhenClosed, 'answered'],
  ];
  for (const [what, reply, expected] of cases) {
    it(`${what}: one outcome`, async () => {
      const { outcome } = await ask([reply, reply, reply, reply]);
      assert.doesNotMatch(JSON.stringify(outcome), /canary/);
      if (expected === 'answered') {
        assert.ok(outcome.kind === 'answered', JSON.stringify(outcome));
        assert.equal(outcome.text, 'all');
      } else {
        failedAs(outcome, expected);
      }
    });
  }

  it('costs the answer nothing when the view of the text throws', async () => {
    const { outcome } = await ask(['code'], {
      onText: () => {
        throw new Error('view is gone');
      },
    });
    assert.equal(outcome.kind, 'answered');
  });
});

describe('cancelling a call', () => {
  it('asks nobody when it was cancelled before', async () => {
    const { outcome, models } = await ask(['code'], { signal: AbortSignal.abort() });
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.equal(models.requests.length, 0);
  });

  it('ends at once while the model is silent, even if the provider does not listen', async () => {
    for (const reply of [hang, hangForGood]) {
      const controller = new AbortController();
      const { outcome, clock, meter } = await ask(
        [
          (...asked) => {
            controller.abort();
            return reply(...asked);
          },
        ],
        { signal: controller.signal },
      );
      assert.deepEqual(outcome, { kind: 'cancelled', cost: 'unknown' });
      assert.equal(clock.now(), new VirtualClock().now());
      assert.ok(meter.spent().usd > 0, 'it may have been billed');
    }
  });

  it('ends at once while it waits for the next try', async () => {
    const controller = new AbortController();
    const fault: ScriptedReply = () => abortSoon(controller);
    const { outcome, models } = await ask([fault, 'code'], { signal: controller.signal });
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.equal(models.requests.length, 1);
  });
});

async function* abortSoon(controller: AbortController): AsyncGenerator<ModelEvent> {
  setImmediate(() => controller.abort());
  yield { type: 'failed', code: 'model.overloaded', message: 'x', retryable: true, retryAfterMs: 50_000 };
}

async function* fallSilent(): AsyncGenerator<ModelEvent> {
  yield { type: 'text', text: 'half' };
  await new Promise(() => undefined);
}

async function* throwMidway(): AsyncGenerator<ModelEvent> {
  yield { type: 'text', text: 'half' };
  await Promise.resolve();
  throw new TypeError('secret sk-canary');
}

async function* yieldWrongly(): AsyncGenerator<ModelEvent> {
  yield undefined as unknown as ModelEvent;
}

function hang(_request: unknown, _signal: AbortSignal): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) };
}

function hangForGood(_request: unknown, _signal: AbortSignal): AsyncIterable<ModelEvent> {
  const never = (): Promise<never> => new Promise(() => undefined);
  return { [Symbol.asyncIterator]: () => ({ next: never, return: never }) };
}

function throwWhenClosed(): AsyncIterable<ModelEvent> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: done }),
      return: () => {
        throw new Error('secret sk-canary');
      },
    }),
  };
}
