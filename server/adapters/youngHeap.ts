import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of this process's heap in which new values lie as small as it is now. Under many events it grows to a
 * multiple otherwise, which costs 50 MB and gains nothing: nearly all that is made lives for one event. To be called
 * first. An editor's own build of Node may refuse flags once it runs, so there all stays as it is.
 */
export function keepYoungHeapSmall(): void {
  if (process.versions['electron'] === undefined) setFlagsFromString('--semi-space-growth-factor=1');
}
