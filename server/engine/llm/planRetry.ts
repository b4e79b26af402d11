import type { ModelFault } from '../ports/models.ts';
import type { Random } from '../ports/random.ts';

export interface RetryState {
  readonly fault: ModelFault;
  /** Made so far. */
  readonly tries: number;
  /** Tries among them whose answer had begun. */
  readonly brokenStreams: number;
  readonly remainingMs: number;
  readonly random: Random;
}

const maxTries = 4;
/** A broken stream has been paid for, so it is asked for once more only. */
const maxBrokenStreams = 1;
const firstBackoffMs = 500;
const maxBackoffMs = 8_000;
const maxRetryAfterMs = 60_000;

/** Milliseconds to wait before the next try, or undefined when there is to be none. */
export function planRetry(state: RetryState): number | undefined {
  const { fault, tries, brokenStreams, remainingMs, random } = state;
  if (!fault.retryable || tries >= maxTries || brokenStreams > maxBrokenStreams) return undefined;
  const backoff = random.fraction() * Math.min(maxBackoffMs, firstBackoffMs * 2 ** (tries - 1));
  const wish = Math.min(maxRetryAfterMs, Math.max(0, fault.retryAfterMs ?? 0));
  const delay = Math.ceil(Math.max(backoff, wish));
  return delay < remainingMs ? delay : undefined;
}
