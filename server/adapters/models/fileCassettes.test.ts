import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileCassettes } from './fileCassettes.ts';

describe('recordings in a folder', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)] as const;
  let parent = '';
  let folder = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'cassettes-'));
    folder = join(parent, 'new', 'folder');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('are read as they were written, one file each', async () => {
    const store = createFileCassettes(folder);
    await store.write(two, 'second ✓\n');
    await store.write(one, 'first');
    await store.write(one, 'first, again');
    assert.equal(await store.read(one), 'first, again');
    assert.equal(await store.read(two), 'second ✓\n');
    assert.deepEqual(await store.list(), [one, two]);
    assert.deepEqual(readdirSync(folder).toSorted(), [`${one}.json`, `${two}.json`]);
    assert.equal(readFileSync(join(folder, `${two}.json`), 'utf8'), 'second ✓\n');
  });

  it('are none where there is no folder, which reading does not make', async () => {
    const store = createFileCassettes(folder);
    assert.equal(await store.read(one), undefined);
    assert.deepEqual(await store.list(), []);
    assert.equal(existsSync(folder), false);
  });

  it('are whole or not there when many are written at once', async () => {
    const store = createFileCassettes(folder);
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(20_000));
    await Promise.all(texts.map((text) => store.write(one, text)));
    assert.ok(texts.includes((await store.read(one)) ?? ''));
    assert.deepEqual(readdirSync(folder), [`${one}.json`]);
  });

  it('leave nothing behind when they cannot be written', async () => {
    const store = createFileCassettes(folder);
    mkdirSync(join(folder, `${one}.json`, 'in the way'), { recursive: true });
    await assert.rejects(store.write(one, 'text'));
    assert.deepEqual(readdirSync(folder), [`${one}.json`]);
    await assert.rejects(store.read(one));
  });

  it('are not other files of the folder', async () => {
    mkdirSync(folder, { recursive: true });
    for (const name of ['README.md', 'notes.json', `${one}.json.bak`, `.${one}.json`])
      writeFileSync(join(folder, name), '{}');
    assert.deepEqual(await createFileCassettes(folder).list(), []);
  });

  it('have no key that is a path', () => {
    const store = createFileCassettes(folder);
    for (const bad of ['../../etc/passwd', '', `${one}/x`, one.toUpperCase().replace('1', 'G')]) {
      assert.throws(() => store.read(bad), TypeError);
      assert.throws(() => store.write(bad, ''), TypeError);
    }
  });

  it('are refused when they are far too large', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${one}.json`), Buffer.alloc(9 * 1024 * 1024));
    await assert.rejects(createFileCassettes(folder).read(one), RangeError);
  });
});
