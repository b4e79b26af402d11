import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileAnswers } from './fileAnswers.ts';
import { UserStorage } from './journal/userStorage.ts';

const key = (digit: number): string => String(digit).padStart(64, '0');

describe('answers on the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'answers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const store = () => createFileAnswers(new UserStorage(folder));

  it('are there for another process', async () => {
    await store().write(key(1), 'text', 1000);
    assert.equal(await store().read(key(1)), 'text');
    assert.equal(await store().read(key(2)), undefined);
  });

  it('stay within their size, the oldest go first', async () => {
    const kept = store();
    for (let at = 0; at < 20; at += 1) {
      await kept.write(key(at), 'x'.repeat(100), 1000);
      utimesSync(join(folder, 'answers', `${key(at)}.json`), at, at);
    }
    const names = readdirSync(join(folder, 'answers'));
    assert.ok(names.length <= 10 && names.length >= 8, `${names.length} are kept`);
    assert.equal(await kept.read(key(0)), undefined);
    assert.equal(await kept.read(key(19)), 'x'.repeat(100));
  });

  it('keep nothing that is larger than all may be, and nothing under a key that is none', async () => {
    await store().write(key(1), 'x'.repeat(100), 50);
    assert.equal(await store().read(key(1)), undefined);
    await store().write('../outside', 'x', 50);
    assert.equal(await store().read('../outside'), undefined);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('outside')),
      [],
    );
  });

  it('fail in silence where nothing can be written', async () => {
    writeFileSync(join(folder, 'answers'), 'a file in the place of the folder');
    await store().write(key(1), 'x', 50);
    assert.equal(await store().read(key(1)), undefined);
  });
});
