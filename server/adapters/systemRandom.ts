import { randomBytes } from 'node:crypto';
import type { Random } from '../engine/ports/random.ts';

const idBytes = 6;
/** Drawn for many ids at once, since each drawing costs as much. */
let pool = Buffer.alloc(0);

function drawBytes(): Buffer {
  if (pool.length < idBytes) pool = randomBytes(idBytes * 256);
  const drawn = pool.subarray(0, idBytes);
  pool = pool.subarray(idBytes);
  return drawn;
}

/** Ids begin with the time in base 36, so that their order is the order in which they were made. */
export const systemRandom: Random = {
  id: () => Date.now().toString(36).padStart(9, '0') + drawBytes().toString('hex'),
  fraction: () => Math.random(),
};
