import { runEventVersion, type RunEvent } from '../../protocol/runEvents.ts';
import { chainDigest } from '../chainDigest.ts';

/** How far a journal holds. */
export interface ChainEnd {
  /** Bytes that the whole records take; what follows is torn or foreign. */
  readonly bytes: number;
  /** Chain value after the last whole record. */
  readonly sum: string;
  /** Steps up to there. */
  readonly count: number;
}

export interface FrameReading extends ChainEnd {
  /** Whole records in order; the first that does not fit ends them. */
  readonly events: readonly RunEvent[];
}

const head = '{"sum":"';
const sumLength = 32;
const one = '","event":';
const several = '","events":';
const tail = '}';
const noSum = '0'.repeat(sumLength);
const middleAt = head.length + sumLength;
const typeKey = Buffer.from('{"type":"');
/** Where the type of a step stands in the line of a step that came alone. */
const typeAt = middleAt + one.length + typeKey.length;
const severalAt = middleAt + one.length - '":'.length;

/**
 * One line of a journal: `{"sum":"…","event":{…}}`, or `{"sum":"…","events":[…]}` with steps that became durable together. `sum`
 * is a keyed digest over the line before and these steps, so a torn, flipped, removed or forged line is found, and only this
 * user's installation can write a line that counts. `jsons`: each step, serialized, its type first.
 */
export function renderFrame(
  key: Buffer,
  previous: string,
  jsons: readonly string[],
): { readonly line: Buffer; readonly sum: string } {
  const [first = ''] = jsons;
  const isAlone = jsons.length === 1;
  const json = isAlone ? first : `[${jsons.join(',')}]`;
  const middle = isAlone ? one : several;
  // Encoded once, and the digest is written into it: of a thousand steps the encoding takes a good part of the time.
  const line = Buffer.from(`${head}${noSum}${middle}${json}${tail}\n`);
  const sum = chainDigest(key, previous, line.subarray(middleAt + middle.length, -`${tail}\n`.length));
  line.write(sum, head.length, 'latin1');
  return { line, sum };
}

/** Where the chain of a run begins. */
export function chainStart(run: string): ChainEnd {
  return { bytes: 0, sum: run, count: 0 };
}

/** Reads as far as the chain holds, from `start` on, whose place is known to be right. Never throws. */
export function readFrames(
  key: Buffer,
  run: string,
  content: Buffer,
  start: ChainEnd = chainStart(run),
): FrameReading {
  const events: RunEvent[] = [];
  let { sum, bytes } = start;
  while (bytes < content.length) {
    const end = content.indexOf(0x0a, bytes);
    if (end < 0) break;
    const frame = readLine(key, sum, content.subarray(bytes, end));
    const next = start.count + events.length;
    if (!frame?.events.every((event, at) => isNext(event, run, next + at))) break;
    events.push(...frame.events);
    sum = frame.sum;
    bytes = end + 1;
  }
  return { events, sum, bytes, count: start.count + events.length };
}

/**
 * Steps of lines that are proven to be whole and ours: all, or those of the types that are asked for. Others are not even
 * parsed, unless they became durable together with one that is asked for.
 */
export function readProven(content: Buffer, only?: readonly RunEvent['type'][]): readonly RunEvent[] {
  const events: RunEvent[] = [];
  const wanted = only && new Set<string>(only);
  const types = only && typeNames(only);
  for (let at = 0; at < content.length;) {
    const newline = content.indexOf(0x0a, at);
    const end = newline < 0 ? content.length : newline;
    const isGroup = content[at + severalAt] === 0x73; /* s */
    if (types === undefined || hasType(content, types, { from: at, end, isGroup })) {
      const steps = parseSteps(content, at + middleAt + (isGroup ? several : one).length, end);
      for (const step of steps) if (wanted?.has(step.type) ?? true) events.push(step);
    }
    at = end + 1;
  }
  return events;
}

interface LinePlace {
  readonly from: number;
  readonly end: number;
  readonly isGroup: boolean;
}

/** Whether a line may hold a step of one of these types. In a text the quotes would be escaped, so it finds no type there. */
function hasType(content: Buffer, types: TypeNames, { from, end, isGroup }: LinePlace): boolean {
  if (!isGroup) return isTypeAt(content, types, from + typeAt);
  for (let at = content.indexOf(typeKey, from); at >= 0 && at < end; at = content.indexOf(typeKey, at + 1))
    if (isTypeAt(content, types, at + typeKey.length)) return true;
  return false;
}

interface TypeNames {
  readonly names: readonly Buffer[];
  /** Bytes that a name begins with: nearly every line of another type is told by that. */
  readonly firsts: Uint8Array;
}

function typeNames(types: readonly RunEvent['type'][]): TypeNames {
  const names = types.map((type) => Buffer.from(`${type}"`));
  const firsts = new Uint8Array(256);
  for (const [first = 0] of names) firsts[first] = 1;
  return { names, firsts };
}

function isTypeAt(content: Buffer, { names, firsts }: TypeNames, at: number): boolean {
  if (firsts[content[at] ?? 0] === 0) return false;
  for (const type of names) {
    let length = 0;
    while (length < type.length && content[at + length] === type[length]) length += 1;
    if (length === type.length) return true;
  }
  return false;
}

/** What carries our digest is what we wrote. */
function parseSteps(content: Buffer, from: number, end: number): readonly RunEvent[] {
  const parsed = JSON.parse(content.toString('utf8', from, end - tail.length)) as
    | RunEvent
    | readonly RunEvent[];
  return 'type' in parsed ? [parsed] : parsed;
}

interface Frame {
  readonly sum: string;
  readonly events: readonly RunEvent[];
}

function readLine(key: Buffer, previous: string, line: Buffer): Frame | undefined {
  const middle = line[severalAt] === 0x73 /* s */ ? several : one;
  const jsonAt = middleAt + middle.length;
  const start = line.toString('latin1', 0, jsonAt);
  const sum = start.slice(head.length, middleAt);
  if (start !== `${head}${sum}${middle}` || line.at(-1) !== tail.charCodeAt(0)) return undefined;
  if (sum !== chainDigest(key, previous, line.subarray(jsonAt, -1))) return undefined;
  return { sum, events: parseSteps(line, jsonAt, line.length) };
}

function isNext(event: RunEvent, run: string, seq: number): boolean {
  return event.v === runEventVersion && event.run === run && event.seq === seq;
}
