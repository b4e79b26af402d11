/** Money, tokens and time of calls. */
export interface Amount {
  readonly usd: number;
  readonly tokens: number;
  readonly ms: number;
}

export interface AccountReading extends Amount {
  /** Some calls had no known price; `usd` leaves them out. */
  readonly unknownPrice: boolean;
}

/** One sum that is kept, such as that of a day, and what it may come to; a limit that is missing does not bind. */
export interface AccountLimit {
  readonly account: string;
  readonly limits: Readonly<Partial<Amount>>;
}

export interface Hold {
  /** Unique among all calls of this user. */
  readonly call: string;
  readonly at: number;
  /** What the call can take at most. Of its time less may be granted. */
  readonly amount: Amount;
  readonly accounts: readonly AccountLimit[];
}

export type HoldResult =
  | { readonly kind: 'held'; readonly ms: number }
  /** The first limit that would be passed; nothing is held. */
  | {
      readonly kind: 'passed';
      readonly account: string;
      readonly unit: keyof Amount;
      readonly limit: number;
      readonly left: number;
    };

export interface Settlement {
  readonly usd: number | 'unknown';
  readonly tokens: number;
  readonly ms: number;
}

/** All that was spent, and what calls in flight may still take. */
export interface SpendingBook {
  readonly version: 1;
  readonly accounts: Readonly<Record<string, AccountEntry>>;
  readonly held: Readonly<Record<string, HeldEntry>>;
}

interface AccountEntry extends AccountReading {
  /** When it was last written to. */
  readonly at: number;
}

interface HeldEntry extends Amount {
  readonly at: number;
  readonly accounts: readonly string[];
}

const emptyBook: SpendingBook = { version: 1, accounts: {}, held: {} };
const nothing: AccountReading = { usd: 0, tokens: 0, ms: 0, unknownPrice: false };
const units = ['usd', 'tokens', 'ms'] as const;
/** Sums of thousandths of a cent would otherwise refuse a call that fits exactly. */
const rounding = 1e-9;
/** A hold that is older belongs to a process that died in the middle of a call. */
const holdMs = 60 * 60 * 1000;
/**
 * So many of the days and runs that were written to last stay, and all workspaces. By number and not by age: a clock that jumps
 * far ahead and back must not make today forgotten.
 */
const kept: readonly (readonly [kind: string, count: number])[] = [
  ['run:', 300],
  ['day:', 40],
];

/** Throws for a text that is no book: then nothing may be spent, since nobody knows what was. */
export function parseBook(text: string | undefined): SpendingBook {
  if (text === undefined) return emptyBook;
  const book: unknown = JSON.parse(text);
  if (!isBook(book)) throw new TypeError('The book of what was spent is damaged.');
  return book;
}

export function readAccount(book: SpendingBook, account: string): AccountReading {
  const { usd, tokens, ms, unknownPrice } = entryOf(book, account);
  return { usd, tokens, ms, unknownPrice };
}

/** The same with what calls in flight may still take. */
export function readWorst(book: SpendingBook, account: string, now: number): Amount {
  return usedOf(settleDead(book, now), account);
}

/** Holds the worst case of a call in all of its accounts, or in none. */
export function holdIn(
  book: SpendingBook,
  hold: Hold,
): { readonly book: SpendingBook; readonly result: HoldResult } {
  const current = settleDead(book, hold.at);
  let ms = hold.amount.ms;
  for (const { account, limits } of hold.accounts) {
    const used = usedOf(current, account);
    for (const unit of units) {
      const limit = limits[unit];
      if (limit === undefined) continue;
      const left = limit - used[unit];
      // Of time as much is granted as is left.
      if (unit === 'ms' && left >= 1) ms = Math.min(ms, Math.floor(left));
      else if (unit === 'ms' || hold.amount[unit] > left + rounding)
        return {
          book: current,
          result: { kind: 'passed', account, unit, limit, left: Math.max(0, left) },
        };
    }
  }
  const entry: HeldEntry = {
    ...hold.amount,
    ms,
    at: hold.at,
    accounts: hold.accounts.map(({ account }) => account),
  };
  return {
    book: { ...current, held: { ...current.held, [hold.call]: entry } },
    result: { kind: 'held', ms },
  };
}

/** Replaces what was held by what was spent, in the accounts of the hold. A call that nothing is held for changes nothing. */
export function settleIn(book: SpendingBook, call: string, spent: Settlement): SpendingBook {
  const hold = Object.hasOwn(book.held, call) ? book.held[call] : undefined;
  if (!hold) return book;
  const { [call]: _, ...held } = book.held;
  const accounts = { ...book.accounts };
  for (const account of hold.accounts) {
    const entry = entryOf(book, account);
    accounts[account] = {
      usd: entry.usd + (spent.usd === 'unknown' ? 0 : spent.usd),
      tokens: entry.tokens + spent.tokens,
      ms: entry.ms + spent.ms,
      unknownPrice: entry.unknownPrice || spent.usd === 'unknown',
      at: hold.at,
    };
  }
  return { version: 1, accounts: prune(accounts), held };
}

/** What a call of a dead process may have cost counts as spent: nobody can tell any more. */
function settleDead(book: SpendingBook, now: number): SpendingBook {
  let settled = book;
  for (const [call, { at, usd, tokens, ms }] of Object.entries(book.held))
    if (now - at > holdMs) settled = settleIn(settled, call, { usd, tokens, ms });
  return settled;
}

/** Spent and held together. */
function usedOf(book: SpendingBook, account: string): Amount {
  const { usd, tokens, ms } = entryOf(book, account);
  return Object.values(book.held)
    .filter(({ accounts }) => accounts.includes(account))
    .reduce(
      (sum, held) => ({ usd: sum.usd + held.usd, tokens: sum.tokens + held.tokens, ms: sum.ms + held.ms }),
      { usd, tokens, ms },
    );
}

function entryOf(book: SpendingBook, account: string): AccountReading {
  return (Object.hasOwn(book.accounts, account) ? book.accounts[account] : undefined) ?? nothing;
}

function prune(accounts: Readonly<Record<string, AccountEntry>>): SpendingBook['accounts'] {
  const entries = Object.entries(accounts);
  const old = new Set(
    kept.flatMap(([kind, count]) =>
      entries
        .filter(([account]) => account.startsWith(kind))
        .toSorted(([, left], [, right]) => right.at - left.at)
        .slice(count)
        .map(([account]) => account),
    ),
  );
  return Object.fromEntries(entries.filter(([account]) => !old.has(account)));
}

function isBook(value: unknown): value is SpendingBook {
  return (
    isRecord(value) &&
    value['version'] === 1 &&
    isRecord(value['accounts']) &&
    isRecord(value['held']) &&
    Object.values(value['accounts']).every(
      (entry) => isAmount(entry) && typeof entry['unknownPrice'] === 'boolean',
    ) &&
    Object.values(value['held']).every(
      (entry) =>
        isAmount(entry) &&
        Array.isArray(entry['accounts']) &&
        entry['accounts'].every((account) => typeof account === 'string'),
    )
  );
}

/** A negative sum would raise a limit, one that is no number would lift it. */
function isAmount(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isRecord(value) &&
    [...units, 'at'].every((unit) => {
      const number = value[unit];
      return typeof number === 'number' && Number.isFinite(number) && number >= 0;
    })
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
