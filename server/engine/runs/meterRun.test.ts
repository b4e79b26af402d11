import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RunBudget, RunCause, RunEvent } from '../../protocol/runEvents.ts';
import { MemorySpending } from '../../test/memorySpending.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import { RunLedger } from '../journal/runLedger.ts';
import { noChoices } from '../routing/modelChoices.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { meterRun } from './meterRun.ts';
import { RunBudgets } from './runBudgets.ts';

const budget: RunBudget = { usd: 0.1, tokens: 100_000, seconds: 60, attempts: 5 };
const sources = { ai: defaultSettings.ai, providers: [], user: noChoices, team: noChoices };
const size = {
  provider: 'anthropic',
  model: 'claude-opus-5-5',
  ms: 1000,
  inputBound: 1000,
  maxOutputTokens: 3000,
};

const causeOf = (causedBy?: string, resumes?: string): RunCause => ({
  event: 'accepted',
  origin: 'user',
  depth: 1,
  ...(causedBy === undefined ? {} : { causedBy }),
  ...(resumes === undefined ? {} : { resumes }),
});

function started(run: string, usd: number, cause = causeOf()): RunEvent {
  return {
    v: 1,
    run,
    seq: 0,
    at: 0,
    type: 'run.started',
    rule: 'r',
    ruleId: 'r',
    ruleHash: '',
    action: 'generate_tests',
    file: 'a.ts',
    fileDigest: '',
    cause,
    budget: { ...budget, usd },
    approval: 'preview',
  };
}

function setUp(models: Partial<Settings['models']> = {}) {
  const ledger = new RunLedger();
  const parts = {
    spending: new MemorySpending(),
    budgets: new RunBudgets(ledger),
    clock: new VirtualClock(),
    digest: (text: string) => createHash('sha256').update(text).digest('hex'),
  };
  const settings = { ...defaultSettings, models: { ...defaultSettings.models, ...models } };
  let calls = 0;
  return {
    ledger,
    ask: async (run: string, cause = causeOf()): Promise<string> => {
      const meter = meterRun(parts, { run, root: '/w', cause, budget, settings, sources });
      calls += 1;
      const result = await meter.openCall().reserve({ ...size, call: `c${calls}` });
      return result.kind === 'reserved' ? 'asked' : result.code;
    },
  };
}

describe('the meter of a run', () => {
  it('lets runs that it causes have what is left, and no more', async () => {
    const { ledger, ask } = setUp();
    ledger.apply('/w', started('a', 0.1));
    ledger.apply('/w', started('b', 0.1, causeOf('a')));
    // 6.5 cents each, of 10.
    assert.equal(await ask('a'), 'asked');
    assert.equal(await ask('b', causeOf('a')), 'budget.chain');
    assert.equal(await ask('c', causeOf('b')), 'budget.chain');
    assert.equal(await ask('other'), 'asked');
  });

  it('gives a run that goes on with one that was cut short what that one left', async () => {
    const { ledger, ask } = setUp();
    ledger.apply('/w', started('a', 0.1));
    assert.equal(await ask('a'), 'asked');
    ledger.apply('/w', started('again', 0.1, causeOf(undefined, 'a')));
    assert.equal(await ask('again', causeOf(undefined, 'a')), 'budget.chain');
  });

  it('says which price is missing when it may not guess', async () => {
    assert.equal(
      await setUp({ prices: { 'anthropic/claude-opus-5-5': { input: 900, output: 1 } } }).ask('a'),
      'budget.usd',
    );
    const unknown = setUp({ unknownPrice: 'refuse' });
    assert.equal(await unknown.ask('a'), 'asked');
  });
});
