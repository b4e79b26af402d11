import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../systemClock.ts';
import { createJsonlJournal } from './jsonlJournal.ts';
import { readFrames } from './frame.ts';
import { openNewJournal } from './journalPlaces.ts';
import { UserStorage } from './userStorage.ts';

/** Puts a link in the place of a folder and takes it away again, as fast as it can. */
const swapForever = `const { renameSync, rmSync, symlinkSync, unlinkSync } = require('node:fs');
const { workerData: [swap, away, outside] } = require('node:worker_threads');
const quietly = (work) => { try { work(); } catch {} };
for (;;) {
  quietly(() => rmSync(away, { recursive: true, force: true }));
  quietly(() => renameSync(swap, away));
  quietly(() => symlinkSync(outside, swap));
  quietly(() => unlinkSync(swap));
  quietly(() => renameSync(away, swap));
}`;

describe('the journal on disk', () => {
  let home: string;
  let root: string;
  let storage: UserStorage;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'journal-'));
    root = join(home, 'workspace');
    mkdirSync(root);
    storage = new UserStorage(join(home, 'storage'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const store = () => createJsonlJournal(storage, systemClock);
  const path = (run: string): string => join(root, '.codegen-lab', 'journal', `${run}.jsonl`);

  async function write(run: string, count: number): Promise<Buffer> {
    const writer = await store().open(root, run);
    for (let index = 0; index < count; index += 1) {
      await writer.append({ type: 'scratch.ready', files: index, ms: 1 });
    }
    await writer.close();
    return readFileSync(path(run));
  }

  it('reads back what it wrote, newest run first, and keeps the folder out of version control', async () => {
    await write('aaa', 2);
    await write('bbb', 3);
    const recent = await store().recent(root, 10);
    assert.deepEqual(
      recent.map((entry) => [entry.run, entry.events.length, entry.trusted, entry.owned]),
      [
        ['bbb', 3, true, false],
        ['aaa', 2, true, false],
      ],
    );
    assert.match(readFileSync(join(root, '.codegen-lab', '.gitignore'), 'utf8'), /^\*$/mu);
  });

  it('keeps whole records when it is cut at any byte', async () => {
    const whole = await write('aaa', 5);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index + 1);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const reading = readFrames(storage.journalKey(root), 'aaa', whole.subarray(0, cut));
      assert.equal(reading.events.length, ends.filter((end) => end <= cut).length, `cut at ${cut}`);
    }
  });

  it('finds every flipped bit', async () => {
    const whole = await write('aaa', 3);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.ok(readFrames(storage.journalKey(root), 'aaa', damaged).events.length < 3, `bit ${bit}`);
    }
  });

  it('does not believe a journal that another installation wrote', async () => {
    await write('aaa', 2);
    const stranger = createJsonlJournal(new UserStorage(join(home, 'other')), systemClock);
    const [foreign] = await stranger.recent(root, 10);
    assert.equal(foreign?.trusted, false);
    assert.equal(await stranger.resume(root, 'aaa'), undefined);
  });

  it('tells how many bytes behind the last whole record do not count', async () => {
    const whole = await write('aaa', 2);
    assert.equal((await store().recent(root, 10))[0]?.lostBytes, undefined);
    writeFileSync(path('aaa'), Buffer.concat([whole, Buffer.from('{"sum":"')]));
    const [torn] = await store().recent(root, 10);
    assert.deepEqual([torn?.trusted, torn?.events.length, torn?.lostBytes], [true, 2, 8]);
  });

  it('does not take one run for another', async () => {
    await write('aaa', 2);
    writeFileSync(path('ccc'), readFileSync(path('aaa')));
    assert.equal((await store().recent(root, 10)).find((entry) => entry.run === 'ccc')?.trusted, false);
  });

  it('does not believe a journal of this installation that was copied from another workspace', async () => {
    const other = join(home, 'other');
    mkdirSync(other);
    const writer = await store().open(other, 'aaa');
    await writer.append({ type: 'scratch.ready', files: 0, ms: 1 });
    await writer.close();
    await write('bbb', 1);
    copyFileSync(join(other, '.codegen-lab', 'journal', 'aaa.jsonl'), path('aaa'));
    assert.equal((await store().recent(root, 10)).find((entry) => entry.run === 'aaa')?.trusted, false);
    assert.equal(await store().resume(root, 'aaa'), undefined);
  });

  it('hands a journal to one of several that resume it at once', async () => {
    await write('aaa', 2);
    const resumed = await Promise.all([1, 2, 3].map(() => store().resume(root, 'aaa')));
    const [one, ...others] = resumed.filter((entry) => entry !== undefined);
    await one?.writer.close();
    assert.ok(one);
    assert.deepEqual(others, []);
  });

  it('lets a journal go that cannot be read or written now, so that it can be resumed later', async () => {
    await write('aaa', 2);
    storage.journalKey = () => {
      throw new Error('EMFILE');
    };
    await assert.rejects(store().resume(root, 'aaa'), /EMFILE/);
    Reflect.deleteProperty(storage, 'journalKey');
    const resumed = await store().resume(root, 'aaa');
    await resumed?.writer.close();
    assert.ok(resumed);
  });

  it('truncates nothing that a repository put a link at', async () => {
    const precious = join(home, 'precious');
    mkdirSync(join(root, '.codegen-lab', 'journal'), { recursive: true });
    writeFileSync(precious, 'kept');
    for (const name of ['.probe', '../.gitignore', 'aaa.jsonl'])
      symlinkSync(precious, join(root, '.codegen-lab', 'journal', name));
    await write('bbb', 1);
    assert.equal(await store().resume(root, 'aaa'), undefined);
    await assert.rejects(store().open(root, 'aaa'), { code: 'EEXIST' });
    assert.equal(readFileSync(precious, 'utf8'), 'kept');
  });

  it('truncates nothing in a folder that a link leads to', async () => {
    await write('aaa', 2);
    appendFileSync(path('aaa'), '{"sum":"0123');
    const elsewhere = join(home, 'elsewhere');
    renameSync(join(root, '.codegen-lab', 'journal'), elsewhere);
    symlinkSync(elsewhere, join(root, '.codegen-lab', 'journal'));
    const before = readFileSync(join(elsewhere, 'aaa.jsonl'), 'utf8');
    const resumed = await store().resume(root, 'aaa');
    await resumed?.writer.close();
    assert.equal(readFileSync(join(elsewhere, 'aaa.jsonl'), 'utf8'), before);
  });

  it('reads no device, pipe or folder that bears the name of a journal', async () => {
    mkdirSync(join(root, '.codegen-lab', 'journal', 'ccc.jsonl'), { recursive: true });
    symlinkSync('/dev/zero', path('aaa'));
    if (process.platform !== 'win32') execFileSync('mkfifo', [path('bbb')]);
    const recent = await store().recent(root, 10);
    assert.deepEqual([...new Set(recent.map((entry) => entry.trusted))], [false]);
  });

  it('goes on after a torn tail where the last whole record ended', async () => {
    await write('aaa', 2);
    appendFileSync(path('aaa'), '{"sum":"0123');
    const resumed = await store().resume(root, 'aaa');
    assert.equal(resumed?.events.length, 2);
    await resumed?.writer.append({ type: 'scratch.ready', files: 9, ms: 1 });
    await resumed?.writer.close();
    assert.equal((await store().recent(root, 1))[0]?.events.length, 3);
  });

  it('does not resume what a living process still writes', async () => {
    const writer = await store().open(root, 'aaa');
    await writer.append({ type: 'scratch.ready', files: 0, ms: 1 });
    assert.equal(await store().resume(root, 'aaa'), undefined);
    assert.equal((await store().recent(root, 1))[0]?.owned, true);
    await writer.close();
  });

  it('writes into the user storage when the workspace has a link or a file in its way', async () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(root, '.codegen-lab'));
    const writer = await store().open(root, 'aaa');
    await writer.append({ type: 'scratch.ready', files: 0, ms: 1 });
    await writer.close();
    assert.deepEqual(readdirSync(elsewhere), []);
    assert.equal(existsSync(join(storage.workspace(root), 'journal', 'aaa.jsonl')), true);
    assert.equal((await store().recent(root, 1))[0]?.events.length, 1);
  });

  it('makes no journal elsewhere while somebody swaps its folder for a link', async function () {
    this.timeout(20_000);
    const outside = join(home, 'outside');
    const swap = join(root, '.codegen-lab', 'journal');
    mkdirSync(outside);
    mkdirSync(swap, { recursive: true });
    const worker = new Worker(swapForever, { eval: true, workerData: [swap, join(home, 'away'), outside] });
    const made = { inside: 0, beside: 0 };
    try {
      for (
        let round = 0;
        round < 20_000 && (round < 1_000 || Math.min(...Object.values(made)) === 0);
        round += 1
      ) {
        const { handle, fallback } = await openNewJournal(storage, root, `r${round}`);
        await handle.close();
        made[fallback === undefined ? 'inside' : 'beside'] += 1;
      }
    } finally {
      await worker.terminate();
    }
    assert.deepEqual(readdirSync(outside), []);
    assert.ok(made.inside > 0 && made.beside > 0, JSON.stringify(made));
  });

  it('says once where journals go when the workspace cannot be written, and why', async () => {
    writeFileSync(join(root, '.codegen-lab'), 'a file');
    const warnings: string[] = [];
    const journal = createJsonlJournal(storage, systemClock, (message) => warnings.push(message));
    for (const run of ['aaa', 'bbb']) await (await journal.open(root, run)).close();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /storage.*journal.*cannot be written/u);
  });

  it('orders steps that are appended at once', async () => {
    const writer = await store().open(root, 'aaa');
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => writer.append({ type: 'scratch.ready', files: index, ms: 0 })),
    );
    await writer.close();
    const events = (await store().recent(root, 1))[0]?.events ?? [];
    assert.deepEqual(
      events.map((event) => [event.seq, event.type === 'scratch.ready' && event.files]),
      Array.from({ length: 20 }, (_, index) => [index, index]),
    );
  });
});
