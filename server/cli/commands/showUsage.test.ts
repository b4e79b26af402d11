import assert from 'node:assert/strict';
import type { UsageReport, UsageRow } from '../../protocol/usageReport.ts';
import { CommandLineWorkspace, type Ended } from '../../test/commandLine.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';

const row = (name: string, calls = 1): UsageRow => ({
  name,
  calls,
  failed: 0,
  input: 1000,
  output: 50,
  cacheRead: 0,
  cacheWrite: 0,
  estimated: name === 'ollama/q',
  usd: 0.25,
  unknownPrice: name === 'ollama/q',
});
const times = { p50: 100, p90: 200, p99: 300 };
const report: UsageReport = {
  runs: 3,
  total: row('', 2),
  by: {
    rule: [row('tests')],
    role: [row('tester')],
    model: [row('anthropic/a'), row('ollama/q')],
    day: [row('2026-11-21')],
  },
  latency: [
    {
      role: 'tester',
      provider: 'anthropic',
      answers: 2,
      firstToken: times,
      total: { p50: 1, p90: 2, p99: 3 },
    },
  ],
  target: { firstTokenMs: 150, totalMs: 1000 },
};

describe('clctl usage', () => {
  const workspace = new CommandLineWorkspace({});
  after(() => workspace.remove());

  const usage = (words: string, told: UsageReport = report): Promise<Ended> => {
    const engine = createScriptedEngine();
    const models = { ...engine.models(), usage: async () => told };
    return workspace.run(words, { engine: { engine: { ...engine, models: () => models } } });
  };

  it('shows models with what is estimated and what is not known', async () => {
    const { stdout, code } = await usage('ctl usage');
    assert.equal(code, 0);
    assert.match(stdout, /anthropic\/a +1 +0 +1000 +50 +\$0\.2500\n/);
    assert.match(stdout, /ollama\/q +1 +0 +~1000 +~50 +\$0\.2500 and an unknown part\n/);
    assert.match(stdout, /total +2/);
  });

  for (const [by, expected] of [
    ['rule', /tests +1/],
    ['role', /tester +1/],
    ['day', /2026-11-21 +1/],
  ] as const)
    it(`shows it by ${by}`, async () => assert.match((await usage(`ctl usage --by ${by}`)).stdout, expected));

  it('shows how long answers take beside the targets', async () => {
    const { stdout } = await usage('ctl usage --latency');
    assert.match(stdout, /tester +anthropic +2 +100 ms +200 ms +300 ms +1 ms +2 ms +3 ms\n/);
    assert.match(stdout, /Target of the first token: 150 ms at p90; 1 of 1 miss it\./);
    assert.match(stdout, /Target of the whole answer: 1000 ms at p90; all keep it\./);
  });

  it('tells all of it as data', async () => {
    assert.deepEqual(JSON.parse((await usage('ctl usage --json')).stdout), report);
  });

  it('says when nobody was asked', async () => {
    const none = { ...report, total: row('', 0), latency: [] };
    assert.match((await usage('ctl usage', none)).stdout, /No model was asked in the last 3 runs/);
    assert.match((await usage('ctl usage --latency', none)).stdout, /No model answered in the last 3 runs/);
  });

  it('groups by nothing else', async () => assert.equal((await usage('ctl usage --by hour')).code, 2));
});
