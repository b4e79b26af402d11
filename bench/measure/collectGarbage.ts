import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Frees what nobody holds, so that what is left can be weighed. */
export function collectGarbage(): void {
  if (typeof collect !== 'function') throw new Error('This Node does not let its garbage be collected.');
  collect();
}
