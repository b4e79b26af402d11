import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSpending } from './fileSpending.ts';
import { UserStorage } from './journal/userStorage.ts';

const at = Date.UTC(2026, 10, 21, 12);

describe('what was spent on a day', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const spending = () => createFileSpending(new UserStorage(folder));
  const reserve = (call: string, usd = 1) => spending().reserve({ call, at, usd, limitUsd: 5 });

  it('never passes the limit, however many reserve at once', async () => {
    const held = await Promise.all(Array.from({ length: 20 }, (_, index) => reserve(`call${index}`)));
    assert.equal(held.filter(Boolean).length, 5);
  });

  it('counts what was settled', async () => {
    assert.equal(await reserve('a', 4), true);
    await spending().settle('a', { at, usd: 3, tokens: 10 });
    assert.deepEqual(await Promise.all([reserve('b', 2), reserve('c', 1)]), [true, false]);
    assert.deepEqual(await spending().today(at), { usd: 3, tokens: 10, unknownPrice: false });
  });

  const day = { usd: 0, tokens: 0, unknownPrice: false, reserved: {} };
  for (const [name, text] of [
    ['is below zero', JSON.stringify({ ...day, usd: -100 })],
    ['is no number', JSON.stringify({ ...day, usd: 'none' })],
    ['holds a reservation below zero', JSON.stringify({ ...day, reserved: { x: { usd: -100, at } } })],
    ['holds a reservation of nothing', JSON.stringify({ ...day, reserved: { x: null } })],
    ['lacks the sum', '{}'],
    ['is no record', 'null'],
    ['is cut', '{"usd": 4.9'],
    ['is empty', ''],
  ] as const) {
    it(`lets nothing be spent when the record ${name}`, async () => {
      writeFileSync(join(folder, 'spent-2026-11-21.json'), text);
      await assert.rejects(reserve('a'));
      await assert.rejects(spending().today(at));
    });
  }
});
