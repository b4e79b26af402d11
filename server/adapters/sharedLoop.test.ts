import assert from 'node:assert/strict';
import { SharedLoop } from './sharedLoop.ts';

/** Holds the loop for some milliseconds. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('SharedLoop', () => {
  it('lets others have turns in the middle of long work', async () => {
    const loop = new SharedLoop();
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    for (let part = 0; part < 20; part += 1) {
      await loop.share();
      work(5);
    }
    clearInterval(others);
    assert.ok(turns >= 4, `${turns} turns`);
  });

  it('takes no turn for short work', async () => {
    const loop = new SharedLoop();
    let turns = 0;
    const others = setImmediate(() => (turns += 1));
    for (let part = 0; part < 100; part += 1) await loop.share();
    clearImmediate(others);
    assert.equal(turns, 0);
  });
});
