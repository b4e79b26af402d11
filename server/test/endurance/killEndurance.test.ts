import assert from 'node:assert/strict';
import { endureKills } from './killEndurance.ts';

describe('a process that owns the queue, killed at random moments', function () {
  this.timeout(120_000);
  it('loses nothing that it acknowledged, and repeats no command', async () => {
    const { faults, kills, acknowledged, runs } = await endureKills({ kills: 4, seed: 1 });
    assert.deepEqual(faults, []);
    assert.equal(kills, 4);
    assert.ok(acknowledged > 0 && runs >= acknowledged, `${acknowledged} acknowledged, ${runs} runs`);
  });
});
