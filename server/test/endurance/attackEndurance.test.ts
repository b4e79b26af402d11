import assert from 'node:assert/strict';
import { join } from 'node:path';
import { countAlarms } from './alarmEndurance.ts';
import { endureInjections } from './injectionEndurance.ts';
import { endureSwaps } from './swapEndurance.ts';
import { endureTimeouts } from './timeoutEndurance.ts';

describe('attacks, over and over', function () {
  this.timeout(120_000);

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('write nothing outside while things are swapped for links', async () => {
    const { faults, landings, landed, kept } = await endureSwaps({ swaps: 300, seed: 2 });
    assert.deepEqual(faults, []);
    assert.ok(landed > 0 && landed < landings && kept > 0, `${landed} of ${landings} landed, ${kept} kept`);
  });

  it('leave no process behind at a time-out', async () => {
    const { faults, began } = await endureTimeouts({ timeouts: 12, seed: 2 });
    assert.deepEqual(faults, []);
    assert.ok(began > 0);
  });

  it('have no effect by what strangers wrote and a hostile model does', async () => {
    const { faults, answers } = await endureInjections({ payloads: 1, answers: 3, seed: 2 });
    assert.deepEqual([faults, answers], [[], 3]);
  });

  it('are not seen where there are none', () => {
    const { files, alarms } = countAlarms(join(import.meta.dirname, '../../../test-fixtures/rules/corpus'));
    assert.ok(files > 20);
    assert.deepEqual(alarms, { hidden: [], masked: [], redacted: [] });
  });
});
