import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chainStart, readFrames } from './frame.ts';
import { createJournalWriter } from './journalWriter.ts';

const key = createHash('sha256').update('key').digest();

/** A file in memory whose disk can be held up, or refuse at the Nth operation. */
function openFile(refuseAt = Infinity) {
  let content = '';
  let durable = '';
  let operations = 0;
  let gate: Promise<void> = Promise.resolve();
  const counts = { writes: 0, synchronizations: 0 };
  const operate = async (): Promise<void> => {
    await gate;
    operations += 1;
    if (operations >= refuseAt) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  };
  return {
    counts,
    content: () => content,
    durable: () => durable,
    holdUp(): () => void {
      let release = (): void => undefined;
      gate = new Promise((resolve) => (release = resolve));
      return release;
    },
    handle: {
      async appendFile(data: unknown) {
        try {
          await operate();
        } catch (error) {
          // A full disk takes a part of it.
          content += String(data).slice(0, String(data).length / 2);
          throw error;
        }
        counts.writes += 1;
        content += String(data);
      },
      async datasync() {
        await operate();
        counts.synchronizations += 1;
        durable = content;
      },
      close: () => Promise.resolve(),
    },
  };
}

type MemoryFile = ReturnType<typeof openFile>;

function openWriter(file: MemoryFile) {
  const onClosed = (): Promise<void> => Promise.resolve();
  const clock = { now: () => 7, sleep: () => Promise.resolve() };
  return createJournalWriter({
    key: () => key,
    clock,
    run: 'aaa',
    handle: file.handle,
    head: { note: () => undefined, seal: () => Promise.resolve(), close: () => undefined },
    start: chainStart('aaa'),
    content: Buffer.alloc(0),
    onClosed,
  });
}

const step = (files: number) => ({ type: 'scratch.ready', files, ms: 1 }) as const;
const stepsIn = (text: string): readonly number[] =>
  readFrames(key, 'aaa', Buffer.from(text)).events.flatMap((event) =>
    event.type === 'scratch.ready' ? [event.files] : [],
  );

describe('createJournalWriter', () => {
  it('makes steps that come while the disk is busy durable together', async () => {
    const file = openFile();
    const release = file.holdUp();
    const writer = openWriter(file);
    const appended = Array.from({ length: 100 }, (_, index) => writer.append(step(index)));
    release();
    await Promise.all(appended);
    assert.deepEqual(file.counts, { writes: 2, synchronizations: 2 });
    assert.deepEqual(
      stepsIn(file.durable()),
      Array.from({ length: 100 }, (_, index) => index),
    );
  });

  it('acknowledges nothing before it is durable', async () => {
    const file = openFile();
    const writer = openWriter(file);
    const seen: boolean[] = [];
    for (let index = 0; index < 5; index += 1) {
      await writer.append(step(index));
      seen.push(stepsIn(file.durable()).includes(index));
    }
    assert.deepEqual(seen, [true, true, true, true, true]);
  });

  it('waits with closing until all is written', async () => {
    const file = openFile();
    const writer = openWriter(file);
    const appended = [1, 2, 3].map((index) => writer.append(step(index)));
    await writer.close();
    await Promise.all(appended);
    assert.deepEqual(stepsIn(file.durable()), [1, 2, 3]);
  });

  for (let refuseAt = 1; refuseAt <= 12; refuseAt += 1)
    it(`keeps all that it acknowledged and takes nothing more when operation ${refuseAt} fails`, async () => {
      const file = openFile(refuseAt);
      const writer = openWriter(file);
      const acknowledged: number[] = [];
      const refused: number[] = [];
      for (let index = 0; index < 12; index += 2)
        await Promise.all(
          [index, index + 1].map((each) =>
            writer.append(step(each)).then(
              () => acknowledged.push(each),
              () => refused.push(each),
            ),
          ),
        );
      const kept = stepsIn(file.durable());
      assert.deepEqual(
        acknowledged.filter((each) => !kept.includes(each)),
        [],
      );
      assert.deepEqual([...acknowledged, ...refused].length, 12);
      assert.ok(acknowledged.every((each) => refused.every((other) => each < other)));
      await assert.rejects(writer.append(step(99)), /no space left/u);
      assert.ok(!stepsIn(file.content()).includes(99));
    });
});
