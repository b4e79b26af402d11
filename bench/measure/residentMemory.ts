import { readFileSync } from 'node:fs';
import { NotMeasurable } from '../benchRow.ts';

/** Bytes of a process that are in memory now, all its threads together. */
export function readResidentBytes(pid: number): number {
  if (process.platform !== 'linux')
    throw new NotMeasurable('memory is read from /proc, which is here on Linux alone');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status says nothing of VmRSS.`);
  return Number(kilobytes) * 1024;
}
