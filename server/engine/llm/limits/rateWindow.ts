const windowMs = 60_000;

interface Passed {
  at: number;
  tokens: number;
}

export interface WindowLimits {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** What passed in the last minute. A call counts with its worst case until it is over. */
export class RateWindow {
  #passed: Passed[] = [];

  /** Milliseconds until a call of so many tokens fits; 0: now. One that is larger than the limit fits when nothing else is left. */
  waitFor(tokens: number, { requestsPerMinute, tokensPerMinute }: WindowLimits, now: number): number {
    // A clock that was set back must not make a minute an hour.
    for (const entry of this.#passed) entry.at = Math.min(entry.at, now);
    this.#passed = this.#passed.filter(({ at }) => now - at < windowMs);
    const byRequests = requestsPerMinute === undefined ? 0 : this.#untilRequests(requestsPerMinute, now);
    const byTokens = tokensPerMinute === undefined ? 0 : this.#untilTokens(tokens, tokensPerMinute, now);
    return Math.max(byRequests, byTokens);
  }

  /** Returns how to correct the tokens when the call is over. */
  pass(tokens: number, now: number): (really: number) => void {
    const entry = { at: now, tokens };
    this.#passed.push(entry);
    return (really) => {
      entry.tokens = really;
    };
  }

  #untilRequests(limit: number, now: number): number {
    const blocking = this.#passed.at(-limit);
    return blocking === undefined ? 0 : blocking.at + windowMs - now;
  }

  #untilTokens(tokens: number, limit: number, now: number): number {
    let used = this.#passed.reduce((sum, entry) => sum + entry.tokens, 0);
    let wait = 0;
    for (const entry of this.#passed) {
      if (used + tokens <= limit) break;
      used -= entry.tokens;
      wait = entry.at + windowMs - now;
    }
    return wait;
  }
}
