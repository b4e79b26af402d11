import { openSync, readSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** How the event loop of a process fared in one period; times in milliseconds. */
export interface LoopSample {
  /** Since the process began. */
  readonly at: number;
  /** The longest that the loop was held, by the clock on the wall. */
  readonly wall: number;
  /** The longest without the time in which the system gave the processor to others. */
  readonly own: number;
  /** The most time of the processor that one hold took in this thread. */
  readonly cpu: number;
  /** The longest delay as `monitorEventLoopDelay` has it. */
  readonly delay: number;
  /** Bytes. */
  readonly rss: number;
  readonly heap: number;
  /** Of all threads in the period. */
  readonly spent: number;
}

/** What the meter writes to, as the parent opened it. */
export const meterPipe = 3;
const tickMs = 10;
const periodMs = 1_000;

// Loaded before the program (`--import`), so that a process is measured from within without knowing of it.
if (isMainThread && process.argv.includes('--stdio')) measure();

function measure(): void {
  const waited = waitedForProcessor();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let last = { now: performance.now(), cpu: ownMs(), waited: waited() };
  let worst = { wall: 0, own: 0, cpu: 0 };
  let period = { began: last.now, spent: process.cpuUsage() };
  const tick = setInterval(() => {
    const next = { now: performance.now(), cpu: ownMs(), waited: waited() };
    const wall = Math.max(0, next.now - last.now - tickMs);
    worst = {
      wall: Math.max(worst.wall, wall),
      own: Math.max(worst.own, Math.max(0, wall - (next.waited - last.waited))),
      cpu: Math.max(worst.cpu, next.cpu - last.cpu),
    };
    last = next;
    if (next.now - period.began < periodMs) return;
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage(period.spent);
    const sample: LoopSample = {
      at: Math.round(next.now),
      ...worst,
      delay: delays.max / 1e6,
      rss,
      heap: heapUsed,
      spent: (user + system) / 1_000,
    };
    tell(sample);
    delays.reset();
    worst = { wall: 0, own: 0, cpu: 0 };
    period = { began: next.now, spent: process.cpuUsage() };
  }, tickMs);
  tick.unref();
}

function tell(sample: LoopSample): void {
  try {
    writeSync(meterPipe, `${JSON.stringify(sample)}\n`);
  } catch {
    // Who measured has gone: the process ends soon.
  }
}

/** Milliseconds of the processor that this thread took; the types are those of the oldest Node, and this runs with the newest. */
function ownMs(): number {
  const { user, system } = (process as ThreadMeter).threadCpuUsage();
  return (user + system) / 1_000;
}

interface ThreadMeter extends NodeJS.Process {
  /** Microseconds. */
  readonly threadCpuUsage: () => { readonly user: number; readonly system: number };
}

/** How long the first thread could run and was not let to, in milliseconds; 0 where the system does not tell. */
function waitedForProcessor(): () => number {
  const known = Buffer.alloc(128);
  try {
    const file = openSync('/proc/self/schedstat', 'r');
    return () => {
      const length = readSync(file, known, 0, known.length, 0);
      return Number(known.toString('latin1', 0, length).split(' ')[1]) / 1e6;
    };
  } catch {
    return () => 0;
  }
}
