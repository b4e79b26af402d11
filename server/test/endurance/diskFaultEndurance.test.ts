import assert from 'node:assert/strict';
import { createSeededRandom } from '../seededRandom.ts';
import { endureDiskFaults } from './diskFaultEndurance.ts';
import { createFaultyDisk, type FaultyDisk } from './faultyDisk.ts';

/** About as many operations as a run has; what lies behind the last one is a run like another. */
const operations = 170;

describe('a run whose disk fails', function () {
  this.timeout(120_000);
  let disk: FaultyDisk;
  before(async () => {
    disk = await createFaultyDisk();
  });
  after(() => disk.remove());

  it('loses nothing, lands at most once, says so, and goes on when the disk works again', async () => {
    const random = createSeededRandom(20_261_122);
    const at = Array.from({ length: 4 }, () => 1 + Math.floor(random.fraction() * operations));
    let turn = 0;
    const kinds = [
      { kind: 'ENOSPC', lasts: false },
      { kind: 'EROFS', lasts: true },
      { kind: 'short', lasts: false },
      { kind: 'EIO', lasts: false },
    ] as const;
    const faultsOf = () => {
      turn += 1;
      return kinds.filter((_, index) => index === turn % kinds.length);
    };
    const result = await endureDiskFaults({ disk, faultsOf, at });
    assert.deepEqual(result.faults, []);
    assert.equal(result.played, 4);
    assert.ok(result.operations > 100, `${result.operations} operations`);
  });
});
