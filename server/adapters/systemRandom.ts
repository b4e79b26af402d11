import { randomBytes } from 'node:crypto';
import type { Random } from '../engine/ports/random.ts';

/** Ids begin with the time in base 36, so that their order is the order in which they were made. */
export const systemRandom: Random = {
  id: () => Date.now().toString(36).padStart(9, '0') + randomBytes(6).toString('hex'),
  fraction: () => Math.random(),
};
