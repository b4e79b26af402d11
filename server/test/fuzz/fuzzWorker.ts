import { parentPort, workerData } from 'node:worker_threads';
import { createFrameFuzzer } from './fuzzFrames.ts';
import {
  stallMs,
  stallSize,
  type Fuzzer,
  type FuzzInput,
  type FuzzKind,
  type FuzzOrder,
  type FuzzReport,
} from './fuzzer.ts';
import { createGlobFuzzer } from './fuzzGlobs.ts';
import { createRuleFuzzer } from './fuzzRules.ts';
import { createStreamFuzzer } from './fuzzStreams.ts';

const fuzzers: Readonly<Record<FuzzKind, (seed: number) => Fuzzer>> = {
  rules: createRuleFuzzer,
  globs: createGlobFuzzer,
  streams: createStreamFuzzer,
  frames: createFrameFuzzer,
};
const maxFaults = 20;
const maxShown = 2_000;
/** A long time counts when it comes again: once, it may have been the compiler or the collector. */
const tries = 5;

const order = workerData as FuzzOrder;
parentPort?.postMessage(await playAll(order));

async function playAll({ kind, seed, count, progress }: FuzzOrder): Promise<FuzzReport> {
  const fuzzer = fuzzers[kind](seed);
  const faults: string[] = [];
  const played = new Int32Array(progress);
  let slowest = 0;
  for (let run = 1; run <= count && faults.length < maxFaults; run += 1) {
    Atomics.store(played, 0, run);
    const input = fuzzer.next();
    const { fault, ms } = await playTimed(input);
    slowest = Math.max(slowest, ms);
    if (fault !== undefined)
      faults.push(
        `${kind}, seed ${seed}, input ${run}: ${fault} ${JSON.stringify(input.shown.slice(0, maxShown))}`,
      );
  }
  await fuzzer.close?.();
  return { faults, played: Atomics.load(played, 0), slowest };
}

interface Played {
  readonly fault: string | undefined;
  /** Of the processor, as if the input had 64 KB where it is longer. */
  readonly ms: number;
}

async function playTimed(input: FuzzInput): Promise<Played> {
  const scale = Math.max(1, input.size / stallSize);
  let least = Infinity;
  for (let attempt = 0; attempt < tries && least > stallMs / 2; attempt += 1) {
    const before = spentMs();
    const fault = await playOnce(input);
    least = Math.min(least, (spentMs() - before) / scale);
    if (fault !== undefined) return { fault, ms: least };
  }
  const fault = least > stallMs ? `It took ${(least * scale).toFixed(1)} ms of the processor.` : undefined;
  return { fault, ms: least };
}

async function playOnce(input: FuzzInput): Promise<string | undefined> {
  try {
    return await input.play();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Of this thread, so that others do not count; the types are those of the oldest Node, and this runs with the newest. */
function spentMs(): number {
  const { user, system } = (process as ThreadMeter).threadCpuUsage();
  return (user + system) / 1_000;
}

interface ThreadMeter extends NodeJS.Process {
  /** Microseconds. */
  readonly threadCpuUsage: () => { readonly user: number; readonly system: number };
}
