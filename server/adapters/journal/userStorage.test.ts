import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileCheckCache } from '../fileCheckCache.ts';
import { createFileConsent } from '../fileConsent.ts';
import { createFileSpending } from '../fileSpending.ts';
import { UserStorage } from './userStorage.ts';

describe('the storage of a user', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-storage-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives one key of journals for one workspace, however it is spelled', () => {
    const storage = new UserStorage(folder);
    const root = mkdtempSync(join(folder, 'root-'));
    assert.equal(storage.journalKey(root), storage.journalKey(join(root, '.')));
    assert.notDeepEqual(storage.journalKey(root), storage.journalKey(folder));
    assert.deepEqual(new UserStorage(folder).journalKey(root), storage.journalKey(root));
  });

  it('is made for the user alone', () => {
    const storage = new UserStorage(join(folder, 'new'));
    assert.equal(storage.file('a'), join(folder, 'new', 'a'));
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'new')).mode & 0o777, 0o700);
    assert.ok(statSync(storage.workspace('/w')).isDirectory());
  });

  describe('where it cannot be made, as in a home that is read-only', () => {
    // A link to nowhere is refused to every user, root included.
    const closed = (): UserStorage => {
      symlinkSync(join(folder, 'nowhere', 'at all'), join(folder, 'link'), 'junction');
      return new UserStorage(join(folder, 'link'));
    };

    it('reads as empty, so that what keeps nothing works', async () => {
      const storage = closed();
      assert.equal(await createFileSpending(storage).read(), undefined);
      assert.equal(createFileConsent(storage, () => true).hasApproved('/w'), false);
      const cache = createFileCheckCache(storage);
      assert.equal((await cache.load('/w', 'key')).size, 0);
      await cache.save('/w', 'key', new Map());
    });

    it('says so to who has to write, with what to do', () => {
      assert.throws(() => closed().journalKey('/w'), /cannot be written \(ENOENT\)[^]*CODEGEN_LAB_STORAGE/);
    });
  });
});
