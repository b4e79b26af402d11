import assert from 'node:assert/strict';
import { OwnWrites } from './ownWrites.ts';

describe('what we wrote ourselves', () => {
  const digest = (text: string): string => `#${text}`;

  it('is told by content until somebody else writes', () => {
    const own = new OwnWrites(digest);
    own.note('/w', 'a', 'x');
    own.note('/w', 'gone', undefined);
    assert.deepEqual(
      [own.isEcho('/w', 'a', 'x'), own.isEcho('/w', 'a', 'x'), own.isEcho('/w', 'gone', undefined)],
      [true, true, true],
    );
    assert.deepEqual([own.isEcho('/w', 'a', 'y'), own.isEcho('/w', 'a', 'x')], [false, false]);
  });

  it('is known only when the commands of the folder have ended, also those that fail', async () => {
    const own = new OwnWrites(digest);
    assert.equal(own.settled('/w'), undefined);
    const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    const work = [own.during('/w', () => first.promise), own.during('/w', () => second.promise)];
    let isSettled = false;
    const settled = own.settled('/w')?.then(() => (isSettled = true));
    assert.equal(own.settled('/other'), undefined);
    first.resolve(1);
    assert.equal(await work[0], 1);
    assert.equal(isSettled, false);
    second.reject(new Error('stopped'));
    await assert.rejects(work[1] ?? Promise.resolve(), /stopped/u);
    await settled;
    assert.equal(own.settled('/w'), undefined);
  });
});
