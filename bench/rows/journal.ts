import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { readFrames, renderFrame } from '../../server/adapters/journal/frame.ts';
import { createJsonlJournal } from '../../server/adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../../server/adapters/journal/userStorage.ts';
import { systemClock } from '../../server/adapters/systemClock.ts';
import type { JournalWriter } from '../../server/engine/ports/journal.ts';
import { runEventVersion, type RunStep } from '../../server/protocol/runEvents.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { percentile } from '../measure/statistics.ts';

const name = 'journal';

/** Writing steps of runs durably, and reading them again. */
export const journal: BenchRow = {
  names: [name],
  async run(context) {
    const place = new JournalPlace(context.scratch);
    return [await append(place, context), await wait(place, context), await replay(context)];
  },
};

/** About the size of an ordinary step. */
const step: RunStep = {
  type: 'gate.checked',
  attempt: 1,
  gate: 'syntax',
  path: 'src/orders/total.ts',
  outcome: 'passed',
  note: 'parsed',
};

class JournalPlace {
  readonly root: string;
  readonly #storage: UserStorage;
  #runs = 0;

  constructor(scratch: string) {
    this.root = join(scratch, 'journalled');
    mkdirSync(this.root, { recursive: true });
    this.#storage = new UserStorage(join(scratch, 'journal-storage'));
  }

  open(): Promise<JournalWriter> {
    this.#runs += 1;
    return createJsonlJournal(this.#storage, systemClock).open(this.root, `run${this.#runs}`);
  }
}

/** Many at once, as when a model's answer, its gates and the tests of several files come in. */
async function append(place: JournalPlace, { size, scratch }: BenchContext): Promise<BenchResult> {
  const count = size === 'full' ? 1_000 : 20;
  const line = `${JSON.stringify({ sum: '0'.repeat(32), events: [{ ...step, run: 'run1', seq: 1, at: 1 }] })}\n`;
  const pairs = await measurePairs({
    ours: async () => {
      const writer = await place.open();
      const started = performance.now();
      await Promise.all(Array.from({ length: count }, () => writer.append(step)));
      const ms = performance.now() - started;
      await writer.close();
      return ms;
    },
    beside: () => {
      const file = openSync(join(scratch, 'synchronized-each'), 'a');
      const started = performance.now();
      for (let index = 0; index < count; index += 1) {
        writeSync(file, line);
        fdatasyncSync(file);
      }
      const ms = performance.now() - started;
      closeSync(file);
      return ms;
    },
    rounds: size === 'full' ? 11 : 1,
  });
  const texts = {
    name: `${name}/append`,
    what: `${count} steps that come at once, each durable when it is acknowledged`,
    beside: 'write and fdatasync of each, without a digest',
  };
  return besidePeer(texts, pairs, 1 / 25);
}

/** What is added to a step that comes alone. */
async function wait(place: JournalPlace, { size }: BenchContext): Promise<BenchResult> {
  const writer = await place.open();
  const waits: number[] = [];
  for (let index = 0; index < (size === 'full' ? 500 : 5); index += 1) {
    const started = performance.now();
    await writer.append(step);
    waits.push(performance.now() - started);
  }
  await writer.close();
  const texts = {
    name: `${name}/wait`,
    what: 'a step that comes alone until it is acknowledged, disk and all, the slowest of twenty',
    beside: '5 ms',
  };
  return againstLimit(texts, [percentile(waits, 95)], 5);
}

/** The same events in runs of a thousand steps, as files on the disk. */
async function replay({ size, scratch }: BenchContext): Promise<BenchResult> {
  const key = Buffer.alloc(32, 7);
  const runs = size === 'full' ? 1_000 : 2;
  const steps = size === 'full' ? 1_000 : 10;
  const folder = join(scratch, 'journals');
  mkdirSync(folder, { recursive: true });
  const paths = Array.from({ length: runs }, (_, run) => join(folder, `run${run}.jsonl`));
  for (const [run, path] of paths.entries()) writeFileSync(path, createJournal(key, `run${run}`, steps));
  const pairs = await measurePairs({
    ours: () =>
      time(() => {
        for (const [run, path] of paths.entries()) {
          const { events } = readFrames(key, `run${run}`, readFileSync(path));
          if (events.length !== steps) throw new Error(`${path} was not read whole.`);
        }
      }),
    beside: () => time(() => paths.reduce((sum, path) => sum + countLines(readFileSync(path)), 0)),
    rounds: size === 'full' ? 3 : 1,
    warmups: size === 'full' ? 1 : 0,
  });
  const texts = {
    name: `${name}/replay`,
    what: `${runs * steps} steps read, proven to be ours and parsed`,
    beside: 'reading the files and looking for line breaks',
  };
  return besidePeer(texts, pairs, 2.5);
}

/** Half of the steps come alone, as most do, the others ten at once. */
function createJournal(key: Buffer, run: string, steps: number): string {
  const lines: string[] = [];
  let sum = run;
  for (let seq = 0; seq < steps;) {
    const count = lines.length % 11 === 10 ? Math.min(10, steps - seq) : 1;
    const group = Array.from({ length: count }, (_, index) => seq + index);
    const frame = renderFrame(
      key,
      sum,
      group.map((each) => eventOf(run, each)),
    );
    lines.push(frame.line);
    sum = frame.sum;
    seq += count;
  }
  return lines.join('');
}

function eventOf(run: string, seq: number): string {
  return JSON.stringify({ ...step, v: runEventVersion, run, seq, at: 1_700_000_000_000 + seq });
}

function countLines(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf(0x0a); at >= 0; at = content.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
