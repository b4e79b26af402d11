import type { ModelListing } from '../../engine/ports/models.ts';

const keepMs = 10 * 60_000;
const waitMs = 3_000;

/**
 * How much each model can read and write, as its provider lists it, remembered for ten minutes. A list that fails or takes
 * long counts as one that says nothing, so that no run waits for it twice.
 */
export function createContextMemory(
  list: (signal: AbortSignal) => Promise<ModelListing>,
  now: () => number,
): (model: string, signal: AbortSignal) => Promise<number | undefined> {
  let known: { readonly until: number; readonly sizes: Promise<ReadonlyMap<string, number>> } | undefined;
  const read = async (): Promise<ReadonlyMap<string, number>> => {
    const listing = await list(AbortSignal.timeout(waitMs));
    const models = listing.type === 'listed' ? listing.models : [];
    return new Map(
      models.flatMap(({ id, contextTokens }) => (contextTokens === undefined ? [] : [[id, contextTokens]])),
    );
  };
  return async (model, signal) => {
    if (!known || known.until <= now()) known = { until: now() + keepMs, sizes: read() };
    return (await Promise.race([known.sizes, untilAborted(signal)]))?.get(model);
  };
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
