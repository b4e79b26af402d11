import type { Digest } from '../ports/digest.ts';
import type { SpendingStore } from '../ports/spending.ts';
import {
  holdIn,
  parseBook,
  readAccount,
  readWorst,
  settleIn,
  type AccountReading,
  type Hold,
  type HoldResult,
  type Settlement,
} from './spendingBook.ts';

/** What was spent, over all windows and command lines of this user. Its methods reject when the book cannot be read or kept. */
export interface Spending {
  read(account: string): Promise<AccountReading>;
  /** Holds the worst case of a call before it starts, in all of its accounts or in none. Atomic across processes. */
  hold(hold: Hold): Promise<HoldResult>;
  /** Replaces what is held by what was really spent. */
  settle(call: string, spent: Settlement): Promise<void>;
}

export function createSpending(store: SpendingStore): Spending {
  return {
    async read(account) {
      return readAccount(parseBook(await store.read()), account);
    },
    hold: (hold) =>
      store.change((text) => {
        const { book, result } = holdIn(parseBook(text), hold);
        return { text: render(book), result };
      }),
    settle: (call, spent) =>
      store.change((text) => ({ text: render(settleIn(parseBook(text), call, spent)), result: undefined })),
  };
}

/** In US dollars, with what calls under way may still cost; undefined: it cannot be read. Never rejects. */
export async function readUsdToday(store: SpendingStore, now: number): Promise<number | undefined> {
  try {
    return readWorst(parseBook(await store.read()), dayAccount(now), now).usd;
  } catch {
    // Whoever asks decides what that means.
    return undefined;
  }
}

/** The calendar day (UTC) that holds `at`. */
export function dayAccount(at: number): string {
  return `day:${new Date(at).toISOString().slice(0, 10)}`;
}

/** By a digest: the book names no folders. */
export function workspaceAccount(root: string, digest: Digest): string {
  return `workspace:${digest(root).slice(0, 16)}`;
}

export function runAccount(run: string): string {
  return `run:${run}`;
}

function render(book: unknown): string {
  return `${JSON.stringify(book)}\n`;
}
