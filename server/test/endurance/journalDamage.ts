import { parseHead, parseSnapshot, type JournalHead } from '../../adapters/journal/journalHead.ts';
import { readJournal } from '../../adapters/journal/readJournal.ts';

/** A journal as it lies on the disk. */
export interface WrittenJournal {
  readonly key: Buffer;
  readonly run: string;
  readonly content: Buffer;
  /** Without its seal it is that of a process that was killed. */
  readonly head: JournalHead;
}

export interface DamageResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly cuts: number;
  readonly bits: number;
}

const maxFaults = 20;

/** Cuts a journal at every byte, and flips every bit: each is found, and what stands before it is all that is shown. */
export function judgeDamage({ key, run, content, head }: WrittenJournal): DamageResult {
  const faults: string[] = [];
  const whole = readJournal(key, run, content, head);
  if (whole.isDamaged || whole.bytes !== content.length) faults.push('The journal is not read whole.');
  const stepsBefore = countStepsBefore(content, key, run);
  const judge = (damaged: Buffer, at: number, what: string): void => {
    const reading = readJournal(key, run, damaged, head);
    const expected = stepsBefore[at] ?? 0;
    if (!reading.isDamaged) faults.push(`${what} is not found.`);
    if (reading.count !== expected || reading.events().length !== expected)
      faults.push(`${what} leaves ${reading.count} of ${expected} steps.`);
  };
  for (let cut = 0; cut < content.length && faults.length < maxFaults; cut += 1)
    judge(content.subarray(0, cut), cut, `A cut at byte ${cut}`);
  const damaged = Buffer.from(content);
  const bits = content.length * 8;
  for (let bit = 0; bit < bits && faults.length < maxFaults; bit += 1) {
    const byte = bit >> 3;
    damaged[byte] = (damaged[byte] ?? 0) ^ (1 << (bit & 7));
    judge(damaged, byte, `Bit ${bit & 7} of byte ${byte}, flipped,`);
    damaged[byte] = content[byte] ?? 0;
  }
  return { faults, cuts: content.length, bits };
}

/**
 * Each cut and each flipped bit of what says how far a journal was acknowledged: it is then as if there were none. One behind its
 * first line leaves it without what the run came to.
 */
export function judgeHeadDamage(
  text: Buffer,
  { key, run }: Pick<WrittenJournal, 'key' | 'run'>,
): DamageResult {
  const faults: string[] = [];
  const headEnd = text.indexOf(0x0a) + 1;
  const judge = (damaged: Buffer, at: number, what: string): void => {
    const damagedText = damaged.toString('utf8');
    const head = parseHead(damagedText, key, run);
    const isFound =
      at < headEnd
        ? head === undefined
        : head !== undefined && parseSnapshot(damagedText, key, run, head) === undefined;
    if (!isFound) faults.push(`${what} of a head is not found.`);
  };
  // The last byte ends the line; what comes behind it says nothing.
  for (let cut = 0; cut < text.length; cut += 1) judge(text.subarray(0, cut), cut, `A cut at byte ${cut}`);
  for (let bit = 0; bit < text.length * 8; bit += 1) {
    const damaged = Buffer.from(text);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    judge(damaged, bit >> 3, `Bit ${bit}, flipped,`);
  }
  return { faults: faults.slice(0, maxFaults), cuts: text.length, bits: text.length * 8 };
}

/** By byte: the steps of whole lines before it. */
function countStepsBefore(content: Buffer, key: Buffer, run: string): readonly number[] {
  const counts: number[] = [];
  let before = 0;
  for (let from = 0; from < content.length;) {
    const end = content.indexOf(0x0a, from) + 1;
    const upTo = end === 0 ? content.length : end;
    counts.push(...Array<number>(upTo - from).fill(before));
    before = readJournal(key, run, content.subarray(0, upTo), undefined).count;
    from = upTo;
  }
  return counts;
}
