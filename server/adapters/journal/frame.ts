import { runEventVersion, type RunEvent } from '../../protocol/runEvents.ts';
import { chainDigest } from '../chainDigest.ts';

export interface FrameReading {
  /** Whole records in order; the first that does not fit ends them. */
  readonly events: readonly RunEvent[];
  /** Chain value after the last whole record. */
  readonly sum: string;
  /** Bytes that the whole records take; what follows is torn or foreign. */
  readonly bytes: number;
}

const head = '{"sum":"';
const sumLength = 32;
const middle = '","events":';
const tail = '}';
const jsonAt = head.length + sumLength + middle.length;

/**
 * One line of a journal: `{"sum":"…","events":[…]}`, with the events that became durable together. `sum` is a keyed digest
 * over the line before and these events, so a torn, flipped, removed or forged line is found, and only this user's
 * installation can write a line that counts. `jsons`: each event, serialized.
 */
export function renderFrame(
  key: Buffer,
  previous: string,
  jsons: readonly string[],
): { readonly line: string; readonly sum: string } {
  const json = `[${jsons.join(',')}]`;
  const sum = chainDigest(key, previous, json);
  return { line: `${head}${sum}${middle}${json}${tail}\n`, sum };
}

/** Reads as far as the chain holds. Never throws. */
export function readFrames(key: Buffer, run: string, content: Buffer): FrameReading {
  const events: RunEvent[] = [];
  let sum = run;
  let bytes = 0;
  while (bytes < content.length) {
    const end = content.indexOf(0x0a, bytes);
    if (end < 0) break;
    const frame = readLine(key, sum, content.subarray(bytes, end));
    if (!frame?.events.every((event, at) => isNext(event, run, events.length + at))) break;
    events.push(...frame.events);
    sum = frame.sum;
    bytes = end + 1;
  }
  return { events, sum, bytes };
}

interface Frame {
  readonly sum: string;
  readonly events: readonly RunEvent[];
}

function readLine(key: Buffer, previous: string, line: Buffer): Frame | undefined {
  const start = line.toString('latin1', 0, jsonAt);
  const sum = start.slice(head.length, head.length + sumLength);
  if (start !== `${head}${sum}${middle}` || line.at(-1) !== tail.charCodeAt(0)) return undefined;
  const json = line.subarray(jsonAt, -1);
  if (sum !== chainDigest(key, previous, json)) return undefined;
  // What carries our digest is what we wrote.
  return { sum, events: JSON.parse(json.toString('utf8')) as readonly RunEvent[] };
}

function isNext(event: RunEvent, run: string, seq: number): boolean {
  return event.v === runEventVersion && event.run === run && event.seq === seq;
}
