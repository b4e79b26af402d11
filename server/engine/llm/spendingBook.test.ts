import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  holdIn,
  parseBook,
  readAccount,
  settleIn,
  type AccountLimit,
  type SpendingBook,
} from './spendingBook.ts';

const empty = parseBook(undefined);
const amount = { usd: 1, tokens: 100, ms: 5000 };

function hold(book: SpendingBook, call: string, accounts: readonly AccountLimit[], at = 0) {
  return holdIn(book, { call, at, amount, accounts });
}

describe('holding what a call may take', () => {
  for (const [name, limits, expected] of [
    ['fits without limits', {}, 'held'],
    ['fits exactly', { usd: 1, tokens: 100 }, 'held'],
    ['is refused by dollars', { usd: 0.99 }, 'usd'],
    ['is refused by tokens', { tokens: 99 }, 'tokens'],
    ['is refused by time when none is left', { ms: 0 }, 'ms'],
    ['is granted less time', { ms: 2000 }, 'held'],
  ] as const) {
    it(name, () => {
      const { result } = hold(empty, 'a', [
        { account: 'day:1', limits: {} },
        { account: 'workspace:1', limits },
      ]);
      assert.equal(result.kind === 'held' ? 'held' : result.unit, expected);
      if (result.kind === 'held') assert.equal(result.ms, 'ms' in limits ? 2000 : 5000);
      else assert.equal(result.account, 'workspace:1');
    });
  }

  it('holds nothing anywhere when one account refuses', () => {
    const { book } = hold(empty, 'a', [
      { account: 'day:1', limits: { usd: 9 } },
      { account: 'run:1', limits: { usd: 0.5 } },
    ]);
    assert.deepEqual(book, empty);
  });

  it('counts in the day in which the call began', () => {
    const held = hold(empty, 'a', [{ account: 'day:1', limits: {} }]).book;
    const book = settleIn(held, 'a', { usd: 'unknown', tokens: 7, ms: 9 });
    assert.deepEqual(readAccount(book, 'day:1'), { usd: 0, tokens: 7, ms: 9, unknownPrice: true });
    assert.deepEqual(settleIn(book, 'a', { usd: 1, tokens: 1, ms: 1 }), book);
  });

  it('forgets old days and runs, and no workspace', () => {
    let book = empty;
    for (let run = 0; run < 400; run += 1) {
      const accounts = [`run:${run}`, 'workspace:1', 'day:1'].map((account) => ({ account, limits: {} }));
      book = settleIn(hold(book, `c${run}`, accounts, run).book, `c${run}`, { usd: 1, tokens: 1, ms: 1 });
    }
    assert.equal(readAccount(book, 'workspace:1').usd, 400);
    assert.equal(readAccount(book, 'run:0').usd, 0);
    assert.equal(readAccount(book, 'run:399').usd, 1);
    for (let day = 2; day <= 70; day += 1) {
      const accounts = [{ account: `day:${day}`, limits: {} }];
      const nothing = { usd: 0, tokens: 0, ms: 0 };
      book = settleIn(hold(book, 'z', accounts, day * 86_400_000).book, 'z', nothing);
    }
    const days = Object.keys(book.accounts).filter((account) => account.startsWith('day:'));
    assert.equal(days.length, 40);
    assert.deepEqual(
      [days.includes('day:30'), days.includes('day:31'), days.includes('day:70')],
      [false, true, true],
    );
    assert.equal(readAccount(book, 'workspace:1').usd, 400);
  });

  it('forgets nothing of today where the clock jumps far ahead and back', () => {
    const day = 86_400_000;
    const spend = (book: SpendingBook, at: number): SpendingBook => {
      const accounts = [`day:${at / day}`, 'run:1'].map((account) => ({ account, limits: {} }));
      return settleIn(hold(book, 'c', accounts, at).book, 'c', { usd: 1, tokens: 1, ms: 1 });
    };
    const book = spend(spend(empty, 100 * day), 900 * day);
    assert.equal(readAccount(book, 'day:100').usd, 1);
    assert.equal(readAccount(book, 'run:1').usd, 2);
  });

  it('is never a key of every object', () => {
    assert.equal(readAccount(empty, 'constructor').usd, 0);
    assert.deepEqual(settleIn(empty, '__proto__', { usd: 1, tokens: 1, ms: 1 }), empty);
  });

  it('reads any text as a book or throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseBook(text);
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      }),
    );
  });
});
