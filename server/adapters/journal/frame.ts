import { createHmac } from 'node:crypto';
import { runEventVersion, type RunEvent } from '../../protocol/runEvents.ts';

/**
 * One line of a journal: `{"sum":"…","event":{…}}`. `sum` is a keyed digest over the line before and this event, so a torn,
 * flipped, removed or forged line is found, and only this user's installation can write a line that counts.
 */
export interface Frame {
  readonly sum: string;
  readonly event: RunEvent;
}

export interface FrameReading {
  /** Whole records in order; the first that does not fit ends them. */
  readonly events: readonly RunEvent[];
  /** Chain value after the last whole record. */
  readonly sum: string;
  /** Bytes that the whole records take; what follows is torn or foreign. */
  readonly bytes: number;
}

/** The line for `event`, with its newline. */
export function renderFrame(
  key: Buffer,
  previous: string,
  event: RunEvent,
): { readonly line: string; readonly sum: string } {
  const json = JSON.stringify(event);
  const sum = chain(key, previous, json);
  return { line: `{"sum":"${sum}","event":${json}}\n`, sum };
}

/** Reads as far as the chain holds. Never throws. */
export function readFrames(key: Buffer, run: string, content: Buffer): FrameReading {
  const events: RunEvent[] = [];
  let sum = run;
  let bytes = 0;
  while (bytes < content.length) {
    const end = content.indexOf(0x0a, bytes);
    if (end < 0) break;
    const event = readLine(key, sum, content.toString('utf8', bytes, end));
    if (!event || event.event.run !== run || event.event.seq !== events.length) break;
    events.push(event.event);
    sum = event.sum;
    bytes = end + 1;
  }
  return { events, sum, bytes };
}

function readLine(key: Buffer, previous: string, line: string): Frame | undefined {
  const match = /^\{"sum":"([0-9a-f]{32})","event":(\{.*\})\}$/su.exec(line);
  const [, sum, json] = match ?? [];
  if (sum === undefined || json === undefined || sum !== chain(key, previous, json)) return undefined;
  const event = JSON.parse(json) as RunEvent;
  return event.v === runEventVersion ? { sum, event } : undefined;
}

function chain(key: Buffer, previous: string, json: string): string {
  return createHmac('sha256', key).update(previous).update('\n').update(json).digest('hex').slice(0, 32);
}
