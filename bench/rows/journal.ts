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
import { chainStart, readFrames } from '../../server/adapters/journal/frame.ts';
import { HeadFile } from '../../server/adapters/journal/journalHead.ts';
import { createJournalWriter } from '../../server/adapters/journal/journalWriter.ts';
import { createJsonlJournal } from '../../server/adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../../server/adapters/journal/userStorage.ts';
import { landingLeftovers } from '../../server/adapters/landingLeftovers.ts';
import { systemClock } from '../../server/adapters/systemClock.ts';
import { foldUsage, usageSteps } from '../../server/engine/journal/foldUsage.ts';
import { recordRun } from '../../server/engine/journal/recordRun.ts';
import { RunLedger } from '../../server/engine/journal/runLedger.ts';
import type { JournalWriter } from '../../server/engine/ports/journal.ts';
import { recoverRuns } from '../../server/engine/runs/recoverRuns.ts';
import type { RunStep } from '../../server/protocol/runEvents.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { measurePairs, repeat } from '../measure/measurePairs.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { percentile } from '../measure/statistics.ts';

const name = 'journal';

/** Writing steps of runs durably, and reading them again. */
export const journal: BenchRow = {
  names: [name],
  async run(context) {
    const place = new JournalPlace(context.scratch);
    return [await append(place, context), await wait(place, context), ...(await replay(context))];
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

const started: RunStep = {
  type: 'run.started',
  rule: 'check-totals',
  ruleId: '.cursor/rules/check-totals.mdc',
  ruleHash: '0'.repeat(64),
  action: 'run',
  file: 'src/orders/total.ts',
  fileDigest: '0'.repeat(64),
  cause: { event: 'save', origin: 'user', depth: 0 },
  budget: { usd: 1, tokens: 100_000, seconds: 600, attempts: 3 },
  approval: 'ask',
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

/** A folder of runs that were closed, each of a thousand steps, as the product leaves them. */
async function replay(context: BenchContext): Promise<readonly BenchResult[]> {
  const [runs, steps] = context.size === 'full' ? [1_000, 1_000] : [2, 10];
  const root = join(context.scratch, 'replayed');
  const storage = new UserStorage(join(context.scratch, 'replayed-storage'));
  mkdirSync(root, { recursive: true });
  const store = createJsonlJournal(storage, systemClock);
  const names = Array.from({ length: runs }, (_, at) => `run${String(at).padStart(5, '0')}`);
  mkdirSync(join(root, '.codegen-lab', 'journal'), { recursive: true });
  for (const run of names) await writeRun(storage, root, { run, steps });
  const paths = names.map((run) => pathOf(root, run));
  const contents = paths.map((path) => readFileSync(path));
  const scan = (): number => time(() => paths.reduce((sum, path) => sum + countLines(readFileSync(path)), 0));
  const rounds = { rounds: context.size === 'full' ? 5 : 1, warmups: context.size === 'full' ? 1 : 0 };
  const beside = 'reading the files and looking for line breaks';
  const read = async (): Promise<number> => {
    const started = performance.now();
    const journals = await store.recent(root, runs, usageSteps);
    foldUsage(journals.map(({ events }) => events));
    if (journals.some(({ trusted }) => !trusted)) throw new Error('A journal is not read whole.');
    return performance.now() - started;
  };
  const key = storage.journalKey(root);
  const readAll = (): number =>
    time(() => {
      for (const [at, run] of names.entries()) {
        const { count } = readFrames(key, run, contents[at] ?? Buffer.alloc(0));
        if (count !== steps) throw new Error(`${run} was not read whole.`);
      }
    });
  const start = async (): Promise<number> => {
    const ledger = new RunLedger();
    const started = performance.now();
    await recoverRuns({ journal: store, ledger, clock: systemClock, leftovers: landingLeftovers, root });
    if (ledger.views().length !== Math.min(50, runs)) throw new Error('Not every run came back.');
    return performance.now() - started;
  };
  const all = `${runs * steps} steps of ${runs} runs`;
  return [
    besidePeer(
      {
        name: `${name}/replay`,
        what: `${all}, all proven to be ours (by seals), and folded into what models cost: only the steps for that are parsed`,
        beside,
      },
      await measurePairs({ ours: read, beside: scan, ...rounds }),
      2.5,
    ),
    besidePeer(
      {
        name: `${name}/replayUnsealed`,
        what: `${all}, proven line by line and all parsed, as where every process was killed`,
        beside,
      },
      await measurePairs({ ours: readAll, beside: scan, rounds: 1, warmups: 0 }),
      undefined,
    ),
    againstLimit(
      {
        name: `${name}/start`,
        what: `bringing back the newest runs when a folder with ${all} is opened`,
        beside: '50 ms',
      },
      await repeat(start, rounds.rounds),
      50,
    ),
  ];
}

interface WrittenRun {
  readonly run: string;
  readonly steps: number;
}

/** Half of the steps come alone, as most do, the others ten at once. Nothing waits for the disk, which would take minutes. */
async function writeRun(storage: UserStorage, root: string, { run, steps }: WrittenRun): Promise<void> {
  const key = storage.journalKey(root);
  const folder = join(storage.workspace(root), 'heads');
  mkdirSync(folder, { recursive: true });
  const head = new HeadFile(join(folder, `${run}.json`), key, run);
  const lines: string[] = [];
  const writer = createJournalWriter({
    key: () => key,
    clock: systemClock,
    run,
    handle: {
      appendFile: async (data) => void lines.push(String(data)),
      datasync: async () => undefined,
      close: async () => writeFileSync(pathOf(root, run), lines.join('')),
    },
    head: {
      note: () => undefined,
      seal: (sealed, snapshot) => head.seal(sealed, snapshot),
      close: () => head.close(),
    },
    start: chainStart(run),
    content: Buffer.alloc(0),
    onClosed: () => Promise.resolve(),
  });
  const recorder = recordRun({ root, writer, ledger: new RunLedger(), clock: systemClock });
  await recorder.record(started);
  for (let left = steps - 2, group = 0; left > 0; group += 1) {
    const count = group % 11 === 10 ? Math.min(10, left) : 1;
    await Promise.all(Array.from({ length: count }, () => recorder.record(step)));
    left -= count;
  }
  await recorder.record({ type: 'run.finished', outcome: 'unchanged', code: 'ok', message: 'All is well.' });
  await recorder.close();
}

function pathOf(root: string, run: string): string {
  return join(root, '.codegen-lab', 'journal', `${run}.jsonl`);
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
