import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Limits } from './limitArgv.ts';

/** More than a test suite needs, less than what hurts the machine. Node 24 does not start below 2 GiB of addresses. */
const addressSpace = 4 * 1024 ** 3;
const fileBytes = 1024 ** 3;
const openFiles = 4096;
const processHeadroom = 512;

/** Limits for one command of `user`, none above what this process may set. */
export function currentLimits(user: number, timeoutMs: number): Limits {
  const hard = readHardLimits();
  const seconds = Math.ceil(timeoutMs / 1000);
  return {
    addressSpace: Math.min(addressSpace, hard.get('Max address space') ?? Infinity),
    // Counted per process over all its threads.
    cpuSeconds: Math.min((seconds + 1) * availableParallelism(), hard.get('Max cpu time') ?? Infinity),
    fileBytes: Math.min(fileBytes, hard.get('Max file size') ?? Infinity),
    openFiles: Math.min(openFiles, hard.get('Max open files') ?? Infinity),
    processes: Math.min(countThreads(user) + processHeadroom, hard.get('Max processes') ?? Infinity),
    // Ours comes first; this one is for the case that we hang or are gone.
    wallSeconds: seconds + 3,
  };
}

function readHardLimits(): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const line of readFileSync('/proc/self/limits', 'utf8').split('\n').slice(1)) {
    const [name, , hard] = line.split(/\s{2,}/u);
    if (name !== undefined && hard !== undefined && /^\d+$/u.test(hard)) limits.set(name, Number(hard));
  }
  return limits;
}

function countThreads(user: number): number {
  let threads = 0;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/u.test(name)) threads += threadsOf(`/proc/${name}`, user);
  }
  return threads;
}

function threadsOf(folder: string, user: number): number {
  try {
    // A folder has two links, and one more for each folder in it.
    return statSync(folder).uid === user ? statSync(`${folder}/task`).nlink - 2 : 0;
  } catch {
    // The process ended meanwhile.
    return 0;
  }
}
