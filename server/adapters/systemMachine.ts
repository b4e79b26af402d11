import { availableParallelism, freemem } from 'node:os';
import type { Machine } from '../engine/ports/machine.ts';

/** This machine, within the bounds of the container that we run in. */
export const systemMachine: Machine = {
  capacity: () => ({ cores: availableParallelism(), freeBytes: Math.min(freemem(), availableMemory()) }),
};

function availableMemory(): number {
  // Node 22 and newer.
  return typeof process.availableMemory === 'function' ? process.availableMemory() : Infinity;
}
