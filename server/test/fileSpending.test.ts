import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpending } from '../engine/llm/spending.ts';
import type { Amount } from '../engine/llm/spendingBook.ts';
import { createFileSpending } from '../adapters/fileSpending.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';

const at = Date.UTC(2026, 10, 21, 12);

describe('the book of what was spent', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // As another process: nothing of it is kept in memory.
  const spending = () => createSpending(createFileSpending(new UserStorage(folder)));
  const hold = async (call: string, amount: Partial<Amount> = {}, later = 0): Promise<boolean> => {
    const result = await spending().hold({
      call,
      at: at + later,
      amount: { usd: 1, tokens: 10, ms: 1000, ...amount },
      accounts: [{ account: 'day:2026-11-21', limits: { usd: 5 } }],
    });
    return result.kind === 'held';
  };
  const day = () => spending().read('day:2026-11-21');

  it('never passes a limit, however many hold at once', async () => {
    const held = await Promise.all(Array.from({ length: 20 }, (_, index) => hold(`call${index}`)));
    assert.equal(held.filter(Boolean).length, 5);
  });

  it('answers 200 calls at once', async () => {
    const held = await Promise.all(
      Array.from({ length: 200 }, (_, index) => hold(`call${index}`, { usd: 0.05 })),
    );
    assert.equal(held.filter(Boolean).length, 100);
  }).timeout(30_000);

  it('counts what was settled, after a restart too', async () => {
    assert.equal(await hold('a', { usd: 4 }), true);
    await spending().settle('a', { usd: 3, tokens: 10, ms: 20 });
    assert.deepEqual(await Promise.all([hold('b', { usd: 2 }), hold('c', { usd: 1 })]), [true, false]);
    assert.deepEqual(await day(), { usd: 3, tokens: 10, ms: 20, unknownPrice: false });
  });

  it('counts a call as spent whose process died in the middle', async () => {
    assert.equal(await hold('dead', { usd: 4 }), true);
    const twoHours = 2 * 60 * 60 * 1000;
    assert.equal(await hold('next', { usd: 2 }, twoHours), false);
    assert.equal(await hold('small', { usd: 1 }, twoHours), true);
    assert.deepEqual(await day(), { usd: 4, tokens: 10, ms: 1000, unknownPrice: false });
    await spending().settle('dead', { usd: 1, tokens: 1, ms: 1 });
    assert.equal((await day()).usd, 4, 'it came back, and is not counted twice');
  });

  const entry = { usd: 0, tokens: 0, ms: 0, unknownPrice: false, at };
  const book = (accounts: unknown, held: unknown = {}) => JSON.stringify({ version: 1, accounts, held });
  for (const [name, text] of [
    ['is below zero', book({ 'day:2026-11-21': { ...entry, usd: -100 } })],
    ['is no number', book({ 'day:2026-11-21': { ...entry, usd: 'none' } })],
    ['lacks a sum', book({ 'day:2026-11-21': {} })],
    ['holds less than nothing', book({}, { x: { ...entry, usd: -100, accounts: [] } })],
    ['holds nothing that can be read', book({}, { x: null })],
    ['is of a newer version', JSON.stringify({ version: 2, accounts: {}, held: {} })],
    ['is no record', 'null'],
    ['is cut', '{"version": 1, "acc'],
    ['is empty', ''],
  ] as const) {
    it(`lets nothing be spent when it ${name}`, async () => {
      writeFileSync(join(folder, 'spending.json'), text);
      await assert.rejects(hold('a'));
      await assert.rejects(day());
    });
  }
});
