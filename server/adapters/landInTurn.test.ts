import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskEdits } from './diskEdits.ts';
import { DiskFiles } from './diskFiles.ts';
import { UserStorage } from './journal/userStorage.ts';
import { landInTurn } from './landInTurn.ts';

const { signal } = new AbortController();

describe('landing in turn', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'landing-'));
    writeFileSync(join(home, 'a.md'), 'before');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const land = (storage: string, after: string) =>
    landInTurn(createDiskEdits(new DiskFiles()), new UserStorage(storage)).land(
      { run: after, root: home, title: after, files: [{ path: 'a.md', before: 'before', after }] },
      signal,
    );

  it('lets one of several that were made for the same text land, and tells the others', async () => {
    const storage = join(home, 'storage');
    const ends = await Promise.all(Array.from({ length: 8 }, (_, at) => land(storage, `after ${at}`)));
    const landed = ends.flatMap(({ kind }, at) => (kind === 'landed' ? [at] : []));
    assert.equal(landed.length, 1);
    assert.deepEqual(new Set(ends.map(({ kind }) => kind)), new Set(['landed', 'stale']));
    assert.equal(readFileSync(join(home, 'a.md'), 'utf8'), `after ${landed[0]}`);
  });

  it('writes nothing where it cannot know that it is alone', async () => {
    const end = await land(join(home, 'a.md'), 'after');
    assert.equal(end.kind, 'failed');
    assert.equal(readFileSync(join(home, 'a.md'), 'utf8'), 'before');
  });
});
