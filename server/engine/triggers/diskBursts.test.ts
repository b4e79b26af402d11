import assert from 'node:assert/strict';
import { VirtualClock } from '../../test/virtualClock.ts';
import { DiskBursts } from './diskBursts.ts';

describe('changes by other programs', () => {
  for (const [what, steps, expected] of [
    ['few', [[0, 50]], 'single'],
    ['many at once', [[0, 51]], 'began'],
    ['many one by one', [...Array.from({ length: 51 }, () => [10, 1] as const)], 'began'],
    ['many with time between', [...Array.from({ length: 99 }, () => [50, 1] as const)], 'single'],
    [
      'the rest of a large change',
      [
        [0, 5_000],
        [1_900, 1],
      ],
      'goesOn',
    ],
    [
      'one after a large change',
      [
        [0, 5_000],
        [2_001, 1],
      ],
      'single',
    ],
    [
      'one after the clock jumped back',
      [
        [0, 5_000],
        [-3_600_000, 1],
      ],
      'single',
    ],
  ] as const satisfies readonly (readonly [string, readonly (readonly [number, number])[], string])[]) {
    it(`are ${expected} for ${what}`, () => {
      const clock = new VirtualClock();
      const bursts = new DiskBursts(clock);
      const verdicts = steps.map(([ms, count]) => {
        clock.advance(ms);
        return bursts.note(count);
      });
      assert.equal(verdicts.at(-1), expected);
    });
  }
});
