import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from './atomicWrite.ts';
import { LeavesRootError } from './noFollow.ts';

describe('writeFileAtomic', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-atomic-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a new file, and replaces an old one with its rights kept', async () => {
    const path = join(folder, 'run.sh');
    await writeFileAtomic(path, 'one');
    chmodSync(path, 0o750);
    await writeFileAtomic(path, Buffer.from('two'));
    assert.equal(readFileSync(path, 'utf8'), 'two');
    assert.equal(statSync(path).mode & 0o777, 0o750);
    assert.deepEqual(readdirSync(folder), ['run.sh']);
  });

  it('makes missing folders below the given one', async () => {
    await writeFileAtomic(join(folder, 'a/b/c.txt'), 'deep', { within: folder });
    assert.equal(readFileSync(join(folder, 'a/b/c.txt'), 'utf8'), 'deep');
  });

  it('follows no link, neither the file itself nor a folder on the way', async () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out/target'), 'old');
    mkdirSync(join(folder, 'in'));
    symlinkSync(join(folder, 'out/target'), join(folder, 'in/file'));
    symlinkSync(join(folder, 'out'), join(folder, 'in/dir'));
    await assert.rejects(writeFileAtomic(join(folder, 'in/file'), 'new'), LeavesRootError);
    await assert.rejects(
      writeFileAtomic(join(folder, 'in/file'), 'new', { within: join(folder, 'in') }),
      LeavesRootError,
    );
    await assert.rejects(
      writeFileAtomic(join(folder, 'in/dir/target'), 'new', { within: join(folder, 'in') }),
      LeavesRootError,
    );
    await assert.rejects(
      writeFileAtomic(join(folder, 'out/target'), 'new', { within: join(folder, 'in') }),
      LeavesRootError,
    );
    assert.equal(readFileSync(join(folder, 'out/target'), 'utf8'), 'old');
  });

  it('leaves nothing behind when it cannot write', async () => {
    mkdirSync(join(folder, 'is-a-folder'));
    await assert.rejects(writeFileAtomic(join(folder, 'is-a-folder'), 'x'), LeavesRootError);
    await assert.rejects(writeFileAtomic(join(folder, 'none/x'), 'x'), { code: 'ENOENT' });
    assert.deepEqual(readdirSync(folder), ['is-a-folder']);
  });

  it('shows readers the old or the new content, never a part', async () => {
    const path = join(folder, 'file');
    const texts = ['a'.repeat(300_000), 'b'.repeat(300_000)];
    await writeFileAtomic(path, texts[0] ?? '');
    const writing = (async () => {
      for (let round = 0; round < 30; round += 1) await writeFileAtomic(path, texts[round % 2] ?? '');
    })();
    for (let round = 0; round < 60; round += 1) {
      assert.ok(texts.includes(readFileSync(path, 'utf8')));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
  });
});
