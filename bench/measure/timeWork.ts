import type { Sampler } from './measurePairs.ts';

// What the work returns is kept, so that no compiler can find out that nobody wants it.
const kept: { result?: unknown } = {};

/** The shortest time that a timer can be trusted with. */
const sampleMs = 20;

/** A sampler of the milliseconds that one call of `work` takes, by calling it often enough to be told. */
export function timeWork(work: () => unknown, atLeastMs = sampleMs): Sampler {
  let calls = 0;
  return () => {
    if (calls === 0) calls = countCalls(work, atLeastMs);
    return timeCalls(work, calls) / calls;
  };
}

function countCalls(work: () => unknown, atLeastMs: number): number {
  let calls = 1;
  while (timeCalls(work, calls) < atLeastMs) calls *= 2;
  return calls;
}

function timeCalls(work: () => unknown, calls: number): number {
  const started = performance.now();
  for (let call = 0; call < calls; call += 1) kept.result = work();
  return performance.now() - started;
}

/** The same for work that ends later: the calls are made one after the other. */
export function timeLateWork(work: () => Promise<unknown>, atLeastMs = sampleMs): Sampler {
  return async () => {
    let calls = 0;
    const started = performance.now();
    let ms = 0;
    while (ms < atLeastMs) {
      kept.result = await work();
      calls += 1;
      ms = performance.now() - started;
    }
    return ms / calls;
  };
}
