import type { Log } from '../engine/ports/log.ts';

/**
 * A handler of a notification that works on by itself. Nobody waits for it, so what goes wrong in it would end the process:
 * it is logged, with `what` it was about, such as "A saved file".
 */
export function logFailures<Params>(
  log: Log,
  what: string,
  handle: (params: Params) => Promise<void>,
): (params: Params) => void {
  return (params) =>
    void handle(params).catch((error: unknown) => {
      log.error(`${what} could not be followed: ${String(error)}`);
    });
}
