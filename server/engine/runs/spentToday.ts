import type { ViewState } from '../../protocol/viewState.ts';
import { dayAccount, type Spending } from '../llm/spending.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

export interface SpentTodayParts {
  readonly spending: Spending;
  readonly clock: Clock;
  readonly log: Log;
  readonly onDidChange: () => void;
}

/** What today took, as it was last read. */
export class SpentToday {
  readonly #parts: SpentTodayParts;
  #value: ViewState['status']['spentToday'] = { usd: 0, tokens: 0, unknownPrice: false };

  constructor(parts: SpentTodayParts) {
    this.#parts = parts;
  }

  get value(): ViewState['status']['spentToday'] {
    return this.#value;
  }

  /** Reads it anew. Never rejects. */
  async read(): Promise<void> {
    const { spending, clock, log, onDidChange } = this.#parts;
    try {
      const { usd, tokens, unknownPrice } = await spending.read(dayAccount(clock.now()));
      this.#value = { usd, tokens, unknownPrice };
      onDidChange();
    } catch (error) {
      log.warn(`Spending of today cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
