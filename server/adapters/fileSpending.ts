import { readFileSync } from 'node:fs';
import type { Spending } from '../engine/ports/consent.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { withLock } from './lockFile.ts';

/** A reservation older than this belongs to a process that died in the middle of a call. */
const reservationMs = 60 * 60 * 1_000;

interface Day {
  usd: number;
  tokens: number;
  unknownPrice: boolean;
  /** Call to what it may cost at most, and since when. */
  reserved: Record<string, { usd: number; at: number }>;
}

/** What was spent on each day, in one small file per day that all windows and command lines of this user share. */
export function createFileSpending(storage: UserStorage): Spending {
  const change = <Result>(at: number, work: (day: Day) => Result): Promise<Result> => {
    const path = storage.file(`spent-${dayOf(at)}.json`);
    return withLock(`${path}.lock`, async () => {
      const day = readDay(path);
      const result = work(day);
      await writeFileAtomic(path, `${JSON.stringify(day)}\n`);
      return result;
    });
  };
  return {
    async today(at) {
      const { usd, tokens, unknownPrice } = readDay(storage.file(`spent-${dayOf(at)}.json`));
      return { usd, tokens, unknownPrice };
    },
    reserve: ({ call, at, usd, limitUsd }) =>
      change(at, (day) => {
        for (const [other, held] of Object.entries(day.reserved)) {
          if (at - held.at > reservationMs) delete day.reserved[other];
        }
        const held = Object.values(day.reserved).reduce((sum, entry) => sum + entry.usd, 0);
        if (day.usd + held + usd > limitUsd) return false;
        day.reserved[call] = { usd, at };
        return true;
      }),
    settle: (call, spent) =>
      change(spent.at, (day) => {
        delete day.reserved[call];
        day.tokens += spent.tokens;
        if (spent.usd === 'unknown') day.unknownPrice = true;
        else day.usd += spent.usd;
      }),
  };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Throws for a file that says no amount: then nothing may be spent, since nobody knows what was. */
function readDay(path: string): Day {
  const empty: Day = { usd: 0, tokens: 0, unknownPrice: false, reserved: {} };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty;
    throw error;
  }
  const day: unknown = JSON.parse(text);
  if (!isDay(day)) throw new TypeError('The file of what was spent today is damaged.');
  return day;
}

function isDay(value: unknown): value is Day {
  const day = value as Partial<Day> | null;
  return (
    isAmount(day?.usd) &&
    isAmount(day.tokens) &&
    typeof day.unknownPrice === 'boolean' &&
    typeof day.reserved === 'object' &&
    day.reserved !== null &&
    Object.values(day.reserved).every((held) => isAmount(held?.usd) && isAmount(held.at))
  );
}

/** A negative sum would raise the limit of the day, one that is no number would lift it. */
function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
