import { Worker } from 'node:worker_threads';
import type { FuzzKind, FuzzOrder, FuzzReport } from './fuzzer.ts';

/** No input takes so long, in milliseconds, however busy the machine is: it never ends. */
const hangMs = 120_000;
const lookMs = 1_000;

export interface FuzzPlan {
  readonly kind: FuzzKind;
  readonly seed: number;
  readonly count: number;
}

/** Plays inputs in a thread of its own. What ends the thread, or holds it for ever, is a fault that names the input. */
export async function playInputs(
  { kind, seed, count }: FuzzPlan,
  onProgress: (played: number) => void = () => undefined,
): Promise<FuzzReport> {
  const progress = new SharedArrayBuffer(4);
  const played = new Int32Array(progress);
  const workerData: FuzzOrder = { kind, seed, count, progress };
  const worker = new Worker(new URL('fuzzWorker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
  });
  const at = (): number => Atomics.load(played, 0);
  const failed = (why: string): FuzzReport => ({
    faults: [`${kind}, seed ${seed}, input ${at()}: ${why}`],
    played: at(),
    slowest: 0,
  });
  let last = { run: 0, since: performance.now() };
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (at() !== last.run) last = { run: at(), since: performance.now() };
      onProgress(at());
      if (performance.now() - last.since > hangMs) settle(failed('it does not end'));
    }, lookMs);
    const settle = (report: FuzzReport): void => {
      clearInterval(watch);
      resolve(report);
      void worker.terminate();
    };
    worker.once('message', (report: FuzzReport) => settle(report));
    worker.once('error', (error: Error) =>
      settle(failed(`it ended the thread: ${error.stack ?? error.message}`)),
    );
    worker.once('exit', (code) => settle(failed(`the thread ended, with ${code}`)));
  });
}
