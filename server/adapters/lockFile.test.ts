import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { claimFile, withLock } from './lockFile.ts';

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

  it('leaves alone what is just being made', () => {
    writeFileSync(path, '');
    assert.equal(claimFile(path), false);
    assert.equal(existsSync(path), true);
  });
});
