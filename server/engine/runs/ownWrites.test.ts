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
    let [endFirst, failSecond] = [(): void => undefined, (): void => undefined];
    const first = new Promise<void>((resolve) => (endFirst = resolve));
    const second = new Promise<void>((_, reject) => (failSecond = () => reject(new Error('stopped'))));
    const [one, other] = [own.during('/w', () => first), own.during('/w', () => second)];
    let isSettled = false;
    const settled = own.settled('/w')?.then(() => (isSettled = true));
    assert.equal(own.settled('/other'), undefined);
    endFirst();
    await one;
    assert.equal(isSettled, false);
    failSecond();
    await assert.rejects(other, /stopped/u);
    await settled;
    assert.equal(own.settled('/w'), undefined);
  });
});
