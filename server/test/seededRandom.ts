import type { Random } from '../engine/ports/random.ts';

/** Numbers that look random and are the same every time (Park and Miller's generator). */
export function createSeededRandom(seed = 1): Random {
  let state = (seed % 2_147_483_646) + 1;
  let ids = 0;
  return {
    id: () => `id${String(++ids).padStart(6, '0')}`,
    fraction: () => {
      state = (state * 48_271) % 2_147_483_647;
      return (state - 1) / 2_147_483_646;
    },
  };
}
