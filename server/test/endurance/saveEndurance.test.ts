import assert from 'node:assert/strict';
import { endureSaves } from './saveEndurance.ts';

describe('rules, when many files are saved over and over', function () {
  this.timeout(60_000);
  for (const { name, plan } of [
    {
      name: 'a few of many rules',
      plan: { files: 40, rules: 200, saves: 240, matching: 'some', seed: 1 },
    },
    { name: 'every rule', plan: { files: 5, rules: 20, saves: 40, matching: 'all', seed: 2 } },
  ] as const)
    it(`run once each with the last content: ${name}`, async () => {
      const { faults, pairs, runs, saves } = await endureSaves(plan);
      assert.deepEqual(faults, []);
      assert.equal(saves, plan.saves);
      assert.ok(pairs > 0 && runs >= pairs, `${runs} runs of ${pairs} pairs`);
    });
});
