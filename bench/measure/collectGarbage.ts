import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (() => void) | undefined;

/** Frees what nobody holds, so that what is left can be weighed. */
export function collectGarbage(): void {
  if (collect === undefined) throw new Error('This Node does not let its garbage be collected.');
  collect();
}
