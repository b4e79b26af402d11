import assert from 'node:assert/strict';
import { createTurns } from './turns.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work that is due at once', () => {
  it('is done in order, one each turn of the event loop', async () => {
    const turns = createTurns();
    const done: number[] = [];
    for (let at = 0; at < 4; at += 1) turns.add(() => done.push(at));
    const seen: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      await turn();
      seen.push(done.length);
    }
    assert.deepEqual(done, [0, 1, 2, 3]);
    assert.ok(
      seen.every((length, at) => length - (seen[at - 1] ?? 0) <= 1),
      seen.join(),
    );
  });

  it('is not done when it was taken back, and the rest is', async () => {
    const turns = createTurns();
    const done: string[] = [];
    turns.add(() => done.push('a'));
    const takeBack = turns.add(() => done.push('b'));
    turns.add(() => done.push('c'));
    takeBack();
    for (let count = 0; count < 4; count += 1) await turn();
    assert.deepEqual(done, ['a', 'c']);
    turns.add(() => done.push('d'));
    for (let count = 0; count < 2; count += 1) await turn();
    assert.deepEqual(done, ['a', 'c', 'd']);
  });
});
