import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { endureSoak } from './soakEndurance.ts';

describe('an editor that saves at a steady pace', function () {
  this.timeout(60_000);
  it('gets the findings of every text, and no complaint, from a server that is measured from within', async () => {
    const program = fileURLToPath(new URL('../serverProcess.ts', import.meta.url));
    const plan = { rules: 1_000, files: 200, seconds: 4, savesPerSecond: 25, program };
    const { faults, saves, sources, rules, samples, peak } = await endureSoak(plan);
    assert.deepEqual(faults, []);
    assert.equal(saves, 100);
    assert.ok(sources.length > 60 && rules.length > 0, `${sources.length} and ${rules.length} findings`);
    assert.ok(samples.length > 0 && samples.every(({ rss, heap }) => rss > heap && heap > 0));
    assert.ok(process.platform !== 'linux' || peak > 0);
  });
});
