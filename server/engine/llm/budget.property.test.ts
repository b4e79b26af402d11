import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunBudget, TokenUsage } from '../../protocol/runEvents.ts';
import { MemorySpending } from '../../test/memorySpending.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelEvent, ModelFault, ModelProvider, ModelRequest } from '../ports/models.ts';
import { askModel, type AskOutcome } from './askModel.ts';
import { boundInputTokens } from './estimateTokens.ts';
import type { PriceRow } from './priceTable.ts';
import { costOf, countTokens, createPrices, type Price } from './prices.ts';
import { ProviderGates } from './limits/providerGates.ts';
import { createRunMeter, type RunMeter } from './runMeter.ts';
import type { AccountLimit } from './spendingBook.ts';

/** What an endpoint does with one try. Shares are of the worst case that it was asked for. */
interface Behaviour {
  readonly kind:
    | 'counted'
    | 'uncounted'
    | 'refused'
    | 'brokenMidway'
    | 'hangs'
    | 'throws'
    | 'replayed'
    | 'cutByLimit';
  readonly inputShare: number;
  readonly outputShare: number;
  readonly cacheShare: number;
  readonly delayMs: number;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  kind: fc.constantFrom(
    'counted',
    'uncounted',
    'refused',
    'brokenMidway',
    'hangs',
    'throws',
    'replayed',
    'cutByLimit',
  ),
  inputShare: share,
  outputShare: share,
  cacheShare: share,
  delayMs: fc.integer({ min: 0, max: 3000 }),
});
const usdPerMillion = fc.double({ min: 0, max: 100, noNaN: true });
const tier = fc.record({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion,
  cacheWrite: usdPerMillion,
});
const scenario = fc.record({
  price: fc.option(tier),
  longPrompt: fc.option(fc.tuple(tier, fc.integer({ min: 1, max: 5000 }))),
  budget: fc.record({
    usd: fc.double({ min: 0, max: 1, noNaN: true }),
    tokens: fc.integer({ min: 0, max: 100_000 }),
    seconds: fc.integer({ min: 1, max: 200 }),
    attempts: fc.integer({ min: 1, max: 30 }),
  }),
  /** Of a run that the first one causes: it has what both leave. */
  childUsd: fc.double({ min: 0, max: 1, noNaN: true }),
  callTokens: fc.option(fc.integer({ min: 0, max: 30_000 })),
  workspaceTokens: fc.option(fc.integer({ min: 0, max: 100_000 })),
  usdPerDay: fc.double({ min: 0, max: 1, noNaN: true }),
  calls: fc.array(
    fc.record({
      isChild: fc.boolean(),
      promptChars: fc.integer({ min: 0, max: 4000 }),
      maxOutputTokens: fc.integer({ min: 1, max: 8000 }),
      tries: fc.array(behaviour, { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  isParallel: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

/** What the endpoint really bills, which nobody but the test knows. */
class Bank {
  usd = 0;
  tokens = 0;
  /** Of the calls of the run that the first one causes. */
  readonly child = { usd: 0, tokens: 0 };
  readonly #price: Price | undefined;

  constructor(price: Price | undefined) {
    this.#price = price;
  }

  bill(usage: TokenUsage, isChild: boolean): void {
    const [usd, tokens] = [this.#price ? costOf(this.#price, usage) : 0, countTokens(usage)];
    this.usd += usd;
    this.tokens += tokens;
    if (!isChild) return;
    this.child.usd += usd;
    this.child.tokens += tokens;
  }
}

describe('budgets, over random prices, sizes, failures and parallel calls', () => {
  it('are never exceeded by what is really billed', async () => {
    await fc.assert(fc.asyncProperty(scenario, checkScenario), { numRuns: 300 });
  }).timeout(60_000);
});

async function checkScenario({
  price,
  longPrompt,
  budget,
  childUsd,
  callTokens,
  workspaceTokens,
  usdPerDay,
  calls,
  isParallel,
  concurrency,
  seed,
}: Scenario): Promise<void> {
  const row = price ? createRow(price, longPrompt) : undefined;
  const bank = new Bank(row);
  const clock = new VirtualClock();
  const random = createSeededRandom(seed);
  const gates = new ProviderGates(clock);
  const spending = new MemorySpending(() =>
    clock.sleep(random.fraction() * 100, new AbortController().signal),
  );
  const meterOf = (run: string, own: RunBudget, above: readonly AccountLimit[]): RunMeter =>
    createRunMeter({
      budget: own,
      callLimits: callTokens === null ? {} : { tokens: callTokens },
      dayLimits: { usd: usdPerDay },
      accounts: [
        { account: run, limits: {} },
        ...above,
        { account: 'workspace:1', limits: workspaceTokens === null ? {} : { tokens: workspaceTokens } },
      ],
      spending,
      prices: createPrices(row ? [row] : []),
      clock,
    });
  const meter = meterOf('run:1', budget, []);
  const childBudget = { ...budget, usd: childUsd };
  const { usd, tokens } = budget;
  const child = meterOf('run:2', childBudget, [{ account: 'run:1', limits: { usd, tokens } }]);
  const started = clock.now();
  const start = async (call: Scenario['calls'][number]): Promise<AskOutcome> => {
    const provider = createEndpoint(call, bank, clock);
    const outcome = await askModel({
      models: { provider: () => provider },
      target: { provider: 'endpoint', model: 'm' },
      request: {
        system: '',
        messages: [{ role: 'user', text: 'x'.repeat(call.promptChars) }],
        maxOutputTokens: call.maxOutputTokens,
        timeoutMs: 20_000,
      },
      budget: call.isChild ? child : meter,
      gate: { gates, key: call.isChild ? 'child' : 'run', limits: { concurrency } },
      takeRight: async () => undefined,
      clock,
      random,
      signal: new AbortController().signal,
    });
    assertWithin();
    return outcome;
  };
  const assertWithin = (): void => {
    const rounding = 1e-6;
    assert.ok(bank.tokens <= budget.tokens, `${bank.tokens} of ${budget.tokens} tokens`);
    assert.ok(bank.usd <= budget.usd + rounding, `$${bank.usd} of $${budget.usd}`);
    assert.ok(bank.usd <= usdPerDay + rounding, `$${bank.usd} of $${usdPerDay} a day`);
    assert.ok(bank.child.usd <= childUsd + rounding, `$${bank.child.usd} of $${childUsd} in the child`);
    if (workspaceTokens !== null)
      assert.ok(bank.tokens <= workspaceTokens, `${bank.tokens} in the workspace`);
    const spent = [meter.spent(), child.spent()];
    assert.ok(spent.every((each) => each.usd <= budget.usd + rounding && each.tokens <= budget.tokens));
    const counted = spent.reduce((sum, each) => sum + each.tokens, 0);
    assert.ok(bank.tokens <= counted, 'the meters count less than was billed');
  };
  const runAll = async (): Promise<readonly AskOutcome[]> => {
    if (isParallel) return Promise.all(calls.map(start));
    const outcomes: AskOutcome[] = [];
    for (const call of calls) outcomes.push(await start(call));
    return outcomes;
  };
  const outcomes = await clock.run(runAll());
  assert.equal(outcomes.length, calls.length);
  assert.equal(spending.open, 0, 'a reservation was left open');
  const slackMs = 200;
  assert.ok(clock.now() - started <= budget.seconds * 1000 + slackMs, 'the run went on after its seconds');
}

function createRow(price: Price, longPrompt: Scenario['longPrompt']): PriceRow {
  const base = {
    ...price,
    provider: 'endpoint',
    model: 'm',
    source: 'https://example.com',
    asOf: '2026-11-01',
  };
  return longPrompt ? { ...base, longPrompt: { ...longPrompt[0], over: longPrompt[1] } } : base;
}

function createEndpoint(
  { tries, isChild }: Pick<Scenario['calls'][number], 'tries' | 'isChild'>,
  bank: Bank,
  clock: Clock,
): ModelProvider {
  let next = 0;
  return {
    id: 'endpoint',
    ask: (request, signal) => behave(tries[next++ % tries.length], { request, bank, isChild, clock, signal }),
  };
}

interface Scene {
  readonly request: ModelRequest;
  readonly bank: Bank;
  readonly isChild: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

async function* behave(
  behaviour: Behaviour | undefined,
  { request, bank, isChild, clock, signal }: Scene,
): AsyncGenerator<ModelEvent> {
  if (!behaviour) throw new Error('Every try has a behaviour.');
  const usage = usageWithin(behaviour, request);
  // Billed when it is begun: the worst moment for a budget that is checked later.
  if (behaviour.kind !== 'refused' && behaviour.kind !== 'replayed') bank.bill(usage, isChild);
  await clock.sleep(behaviour.delayMs, signal);
  const done = { type: 'done', stop: 'complete', text: 'code', usage, model: 'm' } as const;
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: true };
  switch (behaviour.kind) {
    case 'counted':
      yield done;
      return;
    case 'uncounted':
      yield { ...done, usage: none };
      return;
    case 'replayed':
      yield { ...done, recordedFrom: 'someone/else' };
      return;
    case 'cutByLimit':
      yield { ...done, stop: 'length' };
      return;
    case 'refused':
      yield fault('model.overloaded');
      return;
    case 'brokenMidway':
      yield { type: 'text', text: 'co' };
      yield { ...fault('model.cut-off'), usage: { ...usage, output: 0, estimated: true } };
      return;
    case 'throws':
      throw new Error('broken');
    case 'hangs':
      await new Promise<void>(() => undefined);
  }
}

function fault(code: ModelFault['code']): ModelFault {
  return { type: 'failed', code, message: 'x', retryable: true };
}

function usageWithin({ inputShare, outputShare, cacheShare }: Behaviour, request: ModelRequest): TokenUsage {
  const prompt = Math.floor(inputShare * boundInputTokens(request));
  const cached = Math.floor(cacheShare * prompt);
  const cacheRead = Math.floor(cached / 2);
  return {
    input: prompt - cached,
    cacheRead,
    cacheWrite: cached - cacheRead,
    output: Math.floor(outputShare * request.maxOutputTokens),
    estimated: false,
  };
}
