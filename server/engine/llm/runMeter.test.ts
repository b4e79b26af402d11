import assert from 'node:assert/strict';
import type { RunBudget } from '../../protocol/runEvents.ts';
import { MemorySpending } from '../../test/memorySpending.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import { createPrices } from './prices.ts';
import type { BudgetRefusal } from './budgetRefusal.ts';
import { createRunMeter, type CallSize, type Reservation, type RunMeter } from './runMeter.ts';

const priced = { provider: 'anthropic', model: 'claude-opus-5-5' };
const unpriced = { provider: 'ollama', model: 'some' };
const fullBudget: RunBudget = { usd: 1, tokens: 100_000, seconds: 60, attempts: 3 };
const counts = { cacheRead: 0, cacheWrite: 0, estimated: false };

interface Setup {
  readonly meter: RunMeter;
  readonly clock: VirtualClock;
  readonly spending: MemorySpending;
}

function setUp(
  budget: Partial<RunBudget> = {},
  { usdPerDay = 5, spending = new MemorySpending() } = {},
): Setup {
  const clock = new VirtualClock();
  const meter = createRunMeter({
    budget: { ...fullBudget, ...budget },
    dayLimits: { usd: usdPerDay },
    spending,
    prices: createPrices(),
    clock,
  });
  return { meter, clock, spending };
}

/** One try of a call of its own. */
function reserve(meter: RunMeter, size: Omit<CallSize, 'ms'>): Promise<Reservation | BudgetRefusal> {
  return meter.openCall().reserve({ ...size, ms: 1000 });
}

function held(result: Reservation | BudgetRefusal): Reservation {
  assert.ok(result.kind === 'reserved', JSON.stringify(result));
  return result;
}

function refused(result: Reservation | BudgetRefusal | undefined): BudgetRefusal {
  assert.ok(result?.kind === 'refused', JSON.stringify(result));
  return result;
}

describe('the budget of a run', () => {
  it('holds the worst case until the call is settled', async () => {
    const { meter, spending } = setUp();
    const call = { ...priced, call: 'a', inputBound: 10_000, maxOutputTokens: 10_000 };
    const reservation = held(await reserve(meter, call));
    // 10,000 tokens at the dearer cache price of $5 a million, and 10,000 at $20.
    assert.equal(meter.spent().usd, 0.25);
    assert.equal(meter.spent().tokens, 20_000);
    assert.equal(spending.held(), 0.25);
    await reservation.settle({ usage: { ...counts, input: 1000, output: 100 } });
    assert.ok(Math.abs(meter.spent().usd - 0.006) < 1e-12);
    assert.equal(meter.spent().tokens, 1100);
    assert.equal(spending.open, 0);
    assert.ok(Math.abs(spending.days().usd - 0.006) < 1e-12);
  });

  it('counts nothing for a call that was not begun, and everything for one that may have been billed', async () => {
    const { meter } = setUp();
    const call = { ...priced, inputBound: 10_000, maxOutputTokens: 10_000 };
    await held(await reserve(meter, { ...call, call: 'a' })).settle('nothing');
    assert.equal(meter.spent().usd, 0);
    assert.equal(meter.spent().tokens, 0);
    await held(await reserve(meter, { ...call, call: 'b' })).settle('unsure');
    assert.equal(meter.spent().usd, 0.25);
    assert.equal(meter.spent().tokens, 20_000);
  });

  it('is settled once only', async () => {
    const { meter } = setUp();
    const reservation = held(
      await reserve(meter, { ...priced, call: 'a', inputBound: 1000, maxOutputTokens: 1000 }),
    );
    await reservation.settle({ usage: { ...counts, input: 500, output: 500 } });
    await reservation.settle('unsure');
    assert.equal(meter.spent().tokens, 1000);
  });

  it('refuses a call that could cost too much, and says what is left and what to do', async () => {
    const { meter } = setUp({ usd: 0.2 });
    const refusal = refused(
      await reserve(meter, { ...priced, call: 'a', inputBound: 10_000, maxOutputTokens: 10_000 }),
    );
    assert.equal(refusal.code, 'budget.usd');
    assert.match(refusal.message, /up to \$0\.25, and \$0\.20 of this run's \$0\.20 is left\. Raise `usd`/);
    held(await reserve(meter, { ...priced, call: 'b', inputBound: 1_000, maxOutputTokens: 9_000 }));
  });

  it('counts tokens where the price is unknown', async () => {
    const { meter, spending } = setUp({ tokens: 10_000, usd: 0 });
    held(await reserve(meter, { ...unpriced, call: 'a', inputBound: 4000, maxOutputTokens: 4000 }));
    const refusal = refused(
      await reserve(meter, { ...unpriced, call: 'b', inputBound: 1001, maxOutputTokens: 1000 }),
    );
    assert.equal(refusal.code, 'budget.tokens');
    assert.match(refusal.message, /2001 tokens, and 2000 of this run's 10000 are left/);
    const last = held(
      await reserve(meter, { ...unpriced, call: 'c', inputBound: 1000, maxOutputTokens: 1000 }),
    );
    await last.settle({ usage: { ...counts, input: 1, output: 1 } });
    assert.equal(meter.spent().unknownPrice, true);
    assert.deepEqual(spending.days(), { usd: 0, tokens: 2, ms: 0, unknownPrice: true });
  });

  it('does not let parallel calls exceed it together', async () => {
    const { meter } = setUp({ usd: 0.6 });
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((call) =>
        reserve(meter, { ...priced, call, inputBound: 10_000, maxOutputTokens: 10_000 }),
      ),
    );
    assert.deepEqual(
      results.map((result) => (result.kind === 'refused' ? result.code : result.kind)),
      ['reserved', 'reserved', 'budget.usd', 'budget.usd'],
    );
  });

  it('gives back what the day refused', async () => {
    const { meter } = setUp({}, { usdPerDay: 0.2 });
    const refusal = refused(
      await reserve(meter, { ...priced, call: 'a', inputBound: 10_000, maxOutputTokens: 10_000 }),
    );
    assert.equal(refusal.code, 'budget.day');
    assert.match(refusal.message, /\$0\.20 of \$0\.20 is left for today/);
    assert.equal(meter.spent().usd, 0);
    assert.equal(meter.spent().tokens, 0);
  });

  it('asks nobody when the day cannot be read, without saying where it is kept', async () => {
    const spending = new MemorySpending(() => Promise.reject(new Error('EACCES /home/someone/storage')));
    const { meter } = setUp({}, { spending });
    const refusal = refused(
      await reserve(meter, { ...priced, call: 'a', inputBound: 1, maxOutputTokens: 1 }),
    );
    assert.equal(refusal.code, 'budget.day');
    assert.doesNotMatch(refusal.message, /someone/);
  });

  it('goes on when the day cannot be written at the end', async () => {
    const spending = new MemorySpending();
    spending.settle = () => Promise.reject(new Error('EACCES'));
    const { meter } = setUp({}, { spending });
    const reservation = held(
      await reserve(meter, { ...priced, call: 'a', inputBound: 1000, maxOutputTokens: 0 }),
    );
    await reservation.settle({ usage: { ...counts, input: 1000, output: 0 } });
    assert.equal(meter.spent().usd, 0.004);
    assert.equal(spending.open, 1);
  });

  it('ends with its seconds', async () => {
    const { meter, clock } = setUp({ seconds: 2 });
    assert.equal(meter.remainingMs(), 2000);
    clock.advance(1500);
    assert.equal(meter.remainingMs(), 500);
    clock.advance(1500);
    assert.equal(meter.remainingMs(), 0);
    const refusal = refused(
      await reserve(meter, { ...priced, call: 'a', inputBound: 1, maxOutputTokens: 1 }),
    );
    assert.equal(refusal.code, 'budget.seconds');
  });

  it('ends with its attempts', () => {
    const { meter } = setUp({ attempts: 2 });
    assert.equal(meter.beginAttempt(), undefined);
    assert.equal(meter.beginAttempt(), undefined);
    const refusal = refused(meter.beginAttempt());
    assert.equal(refusal.code, 'budget.attempts');
    assert.match(refusal.message, /All 2 attempts/);
    assert.equal(meter.spent().attempts, 2);
  });
});
