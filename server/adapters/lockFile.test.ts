import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { claimant, claimFile, releaseFile, withLock } from './lockFile.ts';

describe('a lock that processes of one user share', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    path = join(folder, 'a.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: '1' });

  for (const [name, text] of [
    ['nobody has it', undefined],
    ['its owner died', dead],
    ['its owner died before it wrote its name', ''],
    ['its owner died while it wrote its name', dead.slice(0, 12)],
  ] as const) {
    it(`lets one in at a time when ${name}`, async () => {
      if (text !== undefined) {
        writeFileSync(path, text);
        utimesSync(path, 1, 1);
      }
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        await delay(1);
        inside -= 1;
      };
      await Promise.all(Array.from({ length: 20 }, () => withLock(path, work)));
      assert.deepEqual([most, readdirSync(folder)], [1, []]);
    });
  }

  it('lets all of many in by turns, however long those before them take', async () => {
    const order: number[] = [];
    const took = 60;
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        withLock(path, async () => {
          order.push(index);
          await delay(took);
        }),
      ),
    );
    assert.deepEqual(
      order,
      Array.from({ length: 100 }, (_, index) => index),
    );
  }).timeout(30_000);

  it('lets another process in between many of this one', async () => {
    const script = `
      import { withLock } from ${JSON.stringify(new URL('lockFile.ts', import.meta.url).href)};
      for (let time = 0; time < 5; time += 1) await withLock(process.argv[1], () => undefined);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, path], {
      stdio: 'inherit',
    });
    let ended: number | null | undefined;
    child.on('exit', (code) => (ended = code));
    const work = async (): Promise<void> => {
      if (ended !== undefined) return;
      await withLock(path, () => delay(10));
      await work();
    };
    // Until the other one is through, somebody of this process always waits.
    await Promise.all([work(), work(), work()]);
    assert.equal(ended, 0);
  }).timeout(30_000);

  it('goes on after work that failed', async () => {
    const failed = withLock(path, () => Promise.reject(new Error('no')));
    const next = withLock(path, () => 'done');
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'done');
  });

  it('goes on after a disk that let nothing be removed, as soon as it does again', async () => {
    assert.equal(claimFile(path), true);
    const claim = readFileSync(path);
    assert.equal(claimFile(path), false);
    releaseFile(path);
    writeFileSync(path, claim);
    assert.equal(claimant(path), undefined);
    assert.equal(await withLock(path, () => 'done'), 'done');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('leaves alone what is just being made', () => {
    writeFileSync(path, '');
    assert.equal(claimFile(path), false);
    assert.equal(existsSync(path), true);
  });
});
