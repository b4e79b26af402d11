import assert from 'node:assert/strict';
import { OwnSaves } from './ownSaves.ts';

describe('OwnSaves', () => {
  it('marks files only while they are being saved', async () => {
    const own = new OwnSaves();
    const seen = await own.during(['a'], () => Promise.resolve([own.has('a'), own.has('b')]));
    assert.deepEqual([...seen, own.has('a')], [true, false, false]);
  });

  it('keeps a file marked until the last of two landings is done', async () => {
    const own = new OwnSaves();
    await own.during(['a'], async () => {
      await own.during(['a'], () => Promise.resolve());
      assert.ok(own.has('a'));
    });
    assert.ok(!own.has('a'));
  });

  it('forgets the files when a landing fails', async () => {
    const own = new OwnSaves();
    await assert.rejects(own.during(['a'], () => Promise.reject(new Error('read-only'))));
    assert.ok(!own.has('a'));
  });
});
