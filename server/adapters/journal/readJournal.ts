import type { RunEvent } from '../../protocol/runEvents.ts';
import { chainStart, readFrames, readProven, type ChainEnd, type FrameReading } from './frame.ts';
import type { JournalHead } from './journalHead.ts';
import { holdsSeal } from './seal.ts';

export interface JournalReading extends ChainEnd {
  /** Of sealed steps those of other types than `only` are for the most part not even parsed. */
  readonly events: (only?: readonly RunEvent['type'][]) => readonly RunEvent[];
  /** Acknowledged steps are altered or gone. */
  readonly isDamaged: boolean;
  /** The seal over all of it holds, and nothing came behind it. */
  readonly isSealed: boolean;
}

/** Proves a journal: by its seal as far as that goes, which is quick, and line by line behind it. */
export function readJournal(
  key: Buffer,
  run: string,
  content: Buffer,
  head: JournalHead | undefined,
): JournalReading {
  const sealed = head && sealHolds(key, content, head) ? head : undefined;
  const first = sealed === undefined ? readAcknowledged(key, run, content, head) : { ...sealed, events: [] };
  const isReached = head === undefined || (first.bytes === head.bytes && first.sum === head.sum);
  const rest = isReached ? readFrames(key, run, content, first) : { ...first, events: [] };
  const { bytes, sum, count } = rest;
  const isOurs = head !== undefined || count > 0;
  return {
    bytes,
    sum,
    count,
    events: (only) => [
      ...(sealed === undefined ? [] : readProven(content.subarray(0, sealed.bytes), only)),
      ...[...first.events, ...rest.events].filter(({ type }) => only?.includes(type) ?? true),
    ],
    isDamaged: isOurs && (!isReached || !isTorn(content.subarray(bytes))),
    isSealed: sealed !== undefined && sealed.bytes === content.length,
  };
}

function sealHolds(key: Buffer, content: Buffer, { seal, bytes }: JournalHead): boolean {
  return seal !== undefined && content.length >= bytes && holdsSeal(key, seal, content.subarray(0, bytes));
}

function readAcknowledged(
  key: Buffer,
  run: string,
  content: Buffer,
  head: JournalHead | undefined,
): FrameReading {
  return head === undefined
    ? { ...chainStart(run), events: [] }
    : readFrames(key, run, content.subarray(0, head.bytes));
}

/** What a process leaves that dies while it writes: a part of one line. Several are damage, and may have been acknowledged. */
function isTorn(rest: Buffer): boolean {
  const newline = rest.indexOf(0x0a);
  return newline < 0 || newline === rest.length - 1;
}
