import assert from 'node:assert/strict';
import { countRestarts, explainRestart } from './explainRestart.ts';

describe('explainRestart', () => {
  for (const [busyRuns, expected] of [
    [0, /for 10 s, so it was started again\. No run was under way\. Your files/u],
    [1, /One run was cut short: see Runs/u],
    [3, /3 runs were cut short/u],
  ] as const)
    it(`tells what became of ${busyRuns} runs`, () =>
      assert.match(explainRestart({ at: 0, hungSeconds: 10, busyRuns }), expected));
});

describe('countRestarts', () => {
  it('says nothing where there were none', () => assert.equal(countRestarts([]), undefined));
  it('tells of the last one', () =>
    assert.match(
      countRestarts([{ at: 61_000, hungSeconds: undefined, busyRuns: 0 }]) ?? '',
      /stopped unasked once, the last time at 00:01:01 UTC: it had ended by itself/u,
    ));
});
