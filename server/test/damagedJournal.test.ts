import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSnapshotVersion, type RunSnapshot } from '../engine/ports/journal.ts';
import { foldRun } from '../engine/journal/foldRun.ts';
import { judgeDamage, judgeHeadDamage } from './endurance/journalDamage.ts';
import type { RunStep } from '../protocol/runEvents.ts';
import { chainDigest } from '../adapters/chainDigest.ts';
import { systemClock } from '../adapters/systemClock.ts';
import { renderFrame } from '../adapters/journal/frame.ts';
import { parseHead } from '../adapters/journal/journalHead.ts';
import { createJsonlJournal } from '../adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';

const step = (files: number): RunStep => ({ type: 'scratch.ready', files, ms: 1 });
const started: RunStep = {
  type: 'run.started',
  rule: 'act',
  ruleId: 'act.mdc',
  ruleHash: '',
  action: 'run',
  file: 'a.ts',
  fileDigest: '',
  cause: { event: 'save', origin: 'user', depth: 0 },
  budget: { usd: 1, tokens: 1, seconds: 1, attempts: 1 },
  approval: 'ask',
};

describe('a journal whose acknowledged steps are altered or gone', () => {
  let home: string;
  let root: string;
  let storage: UserStorage;
  let warnings: string[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'damaged-'));
    root = join(home, 'workspace');
    mkdirSync(root);
    storage = new UserStorage(join(home, 'storage'));
    warnings = [];
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const store = () => createJsonlJournal(storage, systemClock, (message) => warnings.push(message));
  const path = (): string => join(root, '.codegen-lab', 'journal', 'aaa.jsonl');
  const headPath = (): string => join(storage.workspace(root), 'heads', 'aaa.json');

  /** `killed`: its process was killed after the last step. */
  async function write(killed: boolean, snapshot?: RunSnapshot): Promise<Buffer> {
    const writer = await store().open(root, 'aaa');
    await Promise.all([writer.append(started), writer.append(step(1)), writer.append(step(2))]);
    await writer.append(step(3));
    if (!killed) await writer.close(snapshot);
    else rmSync(join(storage.workspace(root), 'owners', 'aaa.json'));
    return readFileSync(path());
  }

  for (const killed of [false, true]) {
    const how = killed ? 'left by a process that was killed' : 'closed';
    it(`is found at every cut and every flipped bit, ${how}`, async () => {
      const content = await write(killed);
      const key = storage.journalKey(root);
      const headText = readFileSync(headPath());
      const head = parseHead(headText.toString(), key, 'aaa');
      assert.ok(head);
      const journal = { key, run: 'aaa', content, head };
      assert.deepEqual(judgeDamage(journal).faults, []);
      assert.deepEqual(judgeHeadDamage(headText, journal).faults, []);
    });

    it(`is shown as far as it holds, told once, and neither resumed nor cut further, ${how}`, async () => {
      const whole = await write(killed);
      // Between two lines, where it looks whole.
      const cut = whole.indexOf('\n') + 1;
      truncateSync(path(), cut);
      const journals = store();
      for (let time = 0; time < 2; time += 1) {
        const [stored] = await journals.recent(root, 1);
        assert.deepEqual([stored?.events.length, stored?.trusted, stored?.damaged], [1, false, true]);
      }
      assert.equal(await journals.resume(root, 'aaa'), undefined);
      assert.equal((await journals.recall(root, 1))[0]?.snapshot, undefined);
      assert.equal(readFileSync(path()).length, cut);
      assert.match(warnings.join('\n'), /^The journal of run aaa of .* is damaged: .*1 steps are left/u);
    });
  }

  it('has begun, also when nothing of it is left', async () => {
    assert.equal(await store().hasBegun(root, 'aaa'), false);
    await write(false);
    for (const damage of [() => writeFileSync(path(), ''), () => rmSync(path())]) {
      damage();
      assert.equal(await store().hasBegun(root, 'aaa'), true);
      assert.equal((await store().read(root, 'aaa'))?.trusted ?? false, false);
    }
  });

  it('is none where only the tail is torn that nobody was told of', async () => {
    const whole = await write(true);
    writeFileSync(path(), Buffer.concat([whole, Buffer.from('{"sum":"0123')]));
    const [torn] = await store().recent(root, 1);
    assert.deepEqual([torn?.trusted, torn?.events.length, torn?.lostBytes], [true, 4, 12]);
  });

  it('is found in the middle where nobody knows how far it was acknowledged, and is not cut there', async () => {
    const whole = await write(true);
    rmSync(headPath());
    whole[60] = (whole[60] ?? 0) ^ 1;
    const tail = renderFrame(storage.journalKey(root), 'x', ['{"type":"scratch.ready"}']).line;
    writeFileSync(path(), Buffer.concat([whole, tail]));
    assert.equal(await store().resume(root, 'aaa'), undefined);
    assert.equal(readFileSync(path()).length, whole.length + tail.length);
  });

  it('goes on behind its seal, and is then known as far as it was acknowledged last', async () => {
    const closed = await write(false);
    const resumed = await store().resume(root, 'aaa');
    await resumed?.writer.append(step(4));
    rmSync(join(storage.workspace(root), 'owners', 'aaa.json'));
    const grown = readFileSync(path());
    assert.equal((await store().read(root, 'aaa'))?.events.length, 5);
    truncateSync(path(), closed.length);
    assert.equal((await store().read(root, 'aaa'))?.damaged, true);
    writeFileSync(path(), grown);
    const again = await store().resume(root, 'aaa');
    await again?.writer.close();
    assert.equal((await store().read(root, 'aaa'))?.events.length, 5);
  });

  it('comes back as what it came to, unless it was altered or another version wrote that', async () => {
    const view = foldRun(root, [{ ...started, v: 1, run: 'aaa', seq: 0, at: 1 }]);
    assert.ok(view);
    const snapshot: RunSnapshot = { v: runSnapshotVersion, view, events: [] };
    const whole = await write(false, snapshot);
    const recalled = async () => (await store().recall(root, 1))[0];
    assert.deepEqual([(await recalled())?.snapshot, (await recalled())?.events], [snapshot, []]);
    writeFileSync(path(), Buffer.concat([whole, Buffer.from('{')]));
    assert.equal((await recalled())?.snapshot, undefined);
    assert.equal((await recalled())?.events.length, 4);
  });

  it('loses what it came to, and nothing else, where that is damaged or belongs to another seal', async () => {
    const view = foldRun(root, [{ ...started, v: 1, run: 'aaa', seq: 0, at: 1 }]);
    assert.ok(view);
    const content = await write(false, { v: runSnapshotVersion, view, events: [] });
    const key = storage.journalKey(root);
    const headText = readFileSync(headPath());
    const head = parseHead(headText.toString(), key, 'aaa');
    assert.ok(head);
    assert.deepEqual(judgeHeadDamage(headText, { key, run: 'aaa' }).faults, []);
    const again = await store().resume(root, 'aaa');
    await again?.writer.append(step(4));
    await again?.writer.close();
    const [, earlier = ''] = headText.toString().split('\n');
    assert.match(earlier, /"view"/u);
    appendFileSync(headPath(), `${earlier}\n`);
    const [recalled] = await store().recall(root, 1);
    assert.deepEqual([recalled?.snapshot, recalled?.events.length, recalled?.trusted], [undefined, 5, true]);
    assert.ok(readFileSync(path()).length > content.length);
  });

  it('is proven by a head that holds what it came to in its own line, as earlier ones do', async () => {
    await write(false);
    const key = storage.journalKey(root);
    const json = JSON.stringify({
      ...parseHead(readFileSync(headPath(), 'utf8'), key, 'aaa'),
      snapshot: { v: runSnapshotVersion, events: ['x'.repeat(10_000)] },
    });
    writeFileSync(headPath(), `${chainDigest(key, 'head of aaa', json)}${json}\n`);
    const [recalled] = await store().recall(root, 1);
    assert.deepEqual([recalled?.snapshot, recalled?.events.length, recalled?.trusted], [undefined, 4, true]);
    truncateSync(path(), readFileSync(path()).indexOf('\n') + 1);
    assert.equal((await store().read(root, 'aaa'))?.damaged, true);
  });

  it('gives steps of some types alone, one by one or in groups, sealed or not', async () => {
    for (const killed of [true, false]) {
      await write(killed);
      const [stored] = await store().recent(root, 1, ['run.started', 'run.finished']);
      assert.deepEqual(
        stored?.events.map(({ type, seq }) => [type, seq]),
        [['run.started', 0]],
      );
      rmSync(path());
    }
    assert.equal(existsSync(path()), false);
  });

  it('is none of those that earlier versions wrote: steps alone and in groups are both read', async () => {
    const key = storage.journalKey(root);
    const json = (seq: number): string => JSON.stringify({ ...step(seq), v: 1, run: 'aaa', seq, at: 1 });
    const alone = renderFrame(key, 'aaa', [json(0)]);
    const group = renderFrame(key, alone.sum, [json(1), json(2)]);
    assert.match(alone.line.toString(), /^\{"sum":"[0-9a-f]{32}","event":\{/u);
    assert.match(group.line.toString(), /^\{"sum":"[0-9a-f]{32}","events":\[\{/u);
    mkdirSync(join(root, '.codegen-lab', 'journal'), { recursive: true });
    writeFileSync(path(), Buffer.concat([alone.line, group.line]));
    const [stored] = await store().recent(root, 1);
    assert.deepEqual([stored?.trusted, stored?.events.length], [true, 3]);
  });
});
